import { expect, test } from '@jest/globals';
import { buildDecisionAnnotation } from '../../../src/api/build-annotations.js';
import { type FollowContext, type WaitingBuild } from '../../../src/builds/follow/options.js';
import { createSecretWaits } from '../../../src/builds/follow/secret-waits.js';
import { buildRecord, type BuildRecord } from '../../../src/builds/import-record.js';
import { type Outlook } from '../../../src/builds/index.js';
import { type EventInput } from '../../../src/kube/events/event-book.js';
import { fakeClock } from '../../support/fake-clock.js';
import { rewrittenBuild } from '../../fixtures/builds/builds.js';

const coming: Outlook = { state: 'Coming', integration: 'quay', why: 'Quay does not answer' };

function waiting(uid: string, phase = 'Pending'): BuildRecord {
  const annotations = { [buildDecisionAnnotation]: 'httpd-1:PushSecretNamed' };
  const { metadata, spec, ...build } = rewrittenBuild({ namespace: 'shop', name: 'httpd-1', phase, annotations });
  const output = { ...spec.output, pushSecret: { name: 'builder-quay-openshift' } };
  return buildRecord({
    ...build,
    metadata: { ...metadata, uid },
    spec: { ...spec, output },
    status: { phase, reason: 'MissingPushSecret' },
  });
}

function fixture() {
  const clock = fakeClock();
  const [events, waits]: [EventInput[], (readonly WaitingBuild[])[]] = [[], []];
  const context = {
    secretPatience: 120_000,
    outlookOf: (): Outlook => coming,
    recordEvent: (recordEvent: EventInput) => void events.push(recordEvent),
    onWaiting: (builds: readonly WaitingBuild[]) => void waits.push(builds),
  } as unknown as FollowContext;
  const { look } = createSecretWaits(clock);
  return {
    events,
    waits,
    pass: clock.pass,
    look: (build: BuildRecord | undefined, outlook = coming) =>
      look({ ...context, outlookOf: () => outlook }, 'shop/httpd-1', build),
  };
}

test('R29: nothing is said of a Build that waits for less than two minutes', async () => {
  const { look, pass, events, waits } = fixture();
  expect(await look(waiting('a'))).toEqual({ again: { milliseconds: 120_000 } });
  await pass(119_999);
  expect(await look(waiting('a'))).toEqual({ again: { milliseconds: 1 } });
  expect([events, waits]).toEqual([[], []]);
  await pass(1);
  await look(waiting('a'));
  expect([events.length, waits]).toEqual([1, [[expect.objectContaining({ build: 'httpd-1', integration: 'quay' })]]]);
});

test('R29: another Build of the name has two minutes of its own', async () => {
  const { look, pass, events, waits } = fixture();
  await look(waiting('a'));
  await pass(120_000);
  await look(waiting('a'));
  expect(await look(waiting('b'))).toEqual({ again: { milliseconds: 120_000 } });
  expect([events.length, waits.at(-1)]).toEqual([1, []]);
});

test.each<[string, BuildRecord | undefined, Outlook]>([
  ['runs', waiting('a', 'Running'), coming],
  ['is gone', undefined, coming],
  ['finds its Secret', waiting('a'), { state: 'Fine' }],
])('R29: a Build that %s is told of no more', async (_, then, outlook) => {
  const { look, pass, waits } = fixture();
  await look(waiting('a'));
  await pass(120_000);
  await look(waiting('a'));
  await look(then, outlook);
  expect(waits.map(({ length }) => length)).toEqual([1, 0]);
});

test('R29: while nobody can tell, nothing is said', async () => {
  const { look, pass, events } = fixture();
  await look(waiting('a'));
  await pass(120_000);
  expect(await look(waiting('a'), { state: 'Unknown' })).toEqual({ again: { milliseconds: 30_000 } });
  expect(events).toEqual([]);
});

test('R29: a Build is not cancelled for what holds for a moment, as while its integration is replaced', async () => {
  const { look, pass, events } = fixture();
  const hopeless: Outlook = { state: 'Hopeless', reason: 'NamespaceNotSelected', why: 'nobody selects it' };
  await look(waiting('a'));
  await pass(180_000);
  await look(waiting('a'));
  expect(await look(waiting('a'), hopeless)).toEqual({ again: { milliseconds: 120_000 } });
  await pass(119_000);
  await look(waiting('a'), coming);
  await pass(2_000);
  expect(await look(waiting('a'), hopeless)).toEqual({ again: { milliseconds: 120_000 } });
  expect(events).toHaveLength(1);
});
