import { expect, test } from '@jest/globals';
import {
  admissionConfigurationName as first,
  admissionReach,
  builtInNamespacesConfigurationName as second,
} from '../../../src/api/index.js';
import { type Answer, type Call } from '../../../src/kube/client/call.js';
import { type Fields } from '../../../src/json/index.js';
import { createRepairs } from '../../../src/kube/repairs/repairs.js';
import { type BuiltInNamespaces, createBuiltInNamespaces } from '../../../src/builds/webhook-reach/index.js';
import { integration } from '../../fixtures/builds/followed.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { scriptedClient } from '../../support/scripted-client.js';

const installed = (failurePolicy: 'Fail' | 'Ignore' = 'Fail'): Fields => ({
  metadata: { name: first },
  webhooks: [{ ...admissionReach(failurePolicy), clientConfig: { url: 'https://127.0.0.1:1/', caBundle: 'Q0E=' } }],
});

interface Fixture {
  readonly keeper: BuiltInNamespaces;
  readonly clock: FakeClock;
  /** The webhook configurations of the cluster, by name. */
  readonly configurations: Map<string, Fields>;
  /** The verbs of the calls since it was asked last. */
  readonly calls: () => readonly string[];
  readonly lines: readonly unknown[];
}

/** A keeper that has looked once at a cluster in which an integration brings a built-in namespace back. */
async function looked(
  present: readonly Fields[],
  {
    areAllReadable = () => true,
    allowed = ['openshift-mine'],
  }: { areAllReadable?: () => boolean; allowed?: string[] } = {},
): Promise<Fixture> {
  const configurations = new Map(present.map((one) => [nameOf(one), one]));
  const client = scriptedClient((_, call) => answer(configurations, call));
  const clock = fakeClock();
  const lines: unknown[] = [];
  const log = { info: (line: unknown) => void lines.push(line), warn: (line: unknown) => void lines.push(line) };
  const readable = () => [integration({ allowlistNamespaces: allowed })];
  const repairs = createRepairs({ client, managers: ['quayside'], clock });
  const keeper = createBuiltInNamespaces({ client, log, clock, repairs }, { readable, areAllReadable });
  keeper.look();
  await clock.pass(0);
  return { keeper, clock, configurations, lines, calls: () => client.calls.splice(0).map(({ verb }) => verb) };
}

test('the keeper waits for an integration that cannot be read, although no event says when it can be', async () => {
  let areAllReadable = false;
  const { keeper, clock, configurations, calls } = await looked([installed()], {
    areAllReadable: () => areAllReadable,
  });
  expect(keeper.isIdle()).toBe(true);
  await clock.pass(60_000);
  expect(calls()).toEqual([]);
  areAllReadable = true;
  await clock.pass(60_000);
  expect([...configurations.keys()]).toEqual([first, second]);
  await keeper.stop(0);
});

test('a webhook that is installed later gets its second configuration, and a missing one is logged once', async () => {
  const { keeper, clock, configurations, lines, calls } = await looked([]);
  await clock.pass(180_000);
  expect(lines).toEqual([{ kept: 'NotInstalled' }]);
  expect(new Set(calls())).toEqual(new Set(['get']));
  configurations.set(first, installed());
  await clock.pass(60_000);
  expect(configurations.has(second)).toBe(true);
  expect(lines).toEqual([{ kept: 'NotInstalled' }, { kept: 'Created' }]);
  await keeper.stop(0);
});

test('one that somebody deletes comes back, and follows the first when that is changed', async () => {
  const { keeper, clock, configurations, lines } = await looked([installed()]);
  for (let times = 1; times <= 2; times += 1) {
    configurations.delete(second);
    await clock.pass(60_000);
    expect(configurations.get(second)).toMatchObject({ webhooks: [{ failurePolicy: 'Fail' }] });
  }
  configurations.set(first, installed('Ignore'));
  await clock.pass(60_000);
  expect(configurations.get(second)).toMatchObject({ webhooks: [{ failurePolicy: 'Ignore' }] });
  const [created, changed] = [{ kept: 'Created' }, { kept: 'Changed' }];
  expect(lines).toEqual([created, created, created, changed]);
  await keeper.stop(0);
});

test.each([
  [['openshift-mine'], ['get', 'get']],
  [['shop'], ['get']],
])('a check at rest, with %j allowed, is %j and counts as no work', async (allowed, reads) => {
  const { keeper, clock, calls } = await looked([installed()], { allowed });
  calls();
  expect(keeper.isIdle()).toBe(true);
  await clock.pass(60_000);
  expect(calls()).toEqual(reads);
  expect(keeper.isIdle()).toBe(true);
  await keeper.stop(0);
});

function nameOf({ metadata }: Fields): string {
  return String((metadata as Fields).name);
}

let version = 0;

/** As an API server would answer, as far as these configurations go. */
function answer(configurations: Map<string, Fields>, { verb, path, body }: Call): Answer {
  const name = path.split('?')[0]?.split('/').at(-1) ?? '';
  const found = configurations.get(name);
  if (verb === 'create' || verb === 'patch') {
    const written = body as Fields;
    const metadata = { ...(written.metadata as Fields), resourceVersion: String((version += 1)) };
    const stored = { ...written, metadata };
    configurations.set(nameOf(stored), stored);
    return { status: found === undefined ? 201 : 200, body: stored };
  }
  return found === undefined
    ? { status: 404, body: { kind: 'Status', reason: 'NotFound', message: 'not found' } }
    : { status: 200, body: found };
}
