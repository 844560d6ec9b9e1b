import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CancelledBuild, WaitingBuild } from '../../src/builds/follow/index.js';
import type { Outlook } from '../../src/builds/index.js';
import type { KubeClient } from '../../src/kube/client/kube-client.js';
import { type Fields, objectOrEmpty } from '../../src/json/index.js';
import { resourceTypes } from '../../src/kube/resource-type.js';
import { readObject } from '../../src/kube/write/apply.js';
import { plainBuild, rewrittenBuild } from '../fixtures/builds/builds.js';
import { follow, type Followed, integration } from '../fixtures/builds/followed.js';
import { eventually } from '../support/eventually.js';
import { createNamespace } from '../control-plane/namespace.js';
import type { Started } from '../control-plane/start.js';
import { startWithKinds } from '../control-plane/start-with-kinds.js';
import { clientAt } from '../support/client-at.js';

/** What the webhook writes on a Build, its name included. */
const buildDecisionAnnotation = 'quayside.dev/admission';
const secret = 'builder-quay-openshift';

// Of its own: whoever follows Builds beside this would tell of those here first.
let controlPlane: Started;
let client: KubeClient;
let namespace: string;
const running: Followed[] = [];

beforeAll(async () => {
  controlPlane = await startWithKinds();
  client = clientAt(controlPlane.kubeconfig, 'waiting-builds');
});
afterAll(async () => {
  await client.close();
  await controlPlane.stop();
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'waits');
});
afterEach(async () => {
  for (const { follower } of running.splice(0)) await follower.stop(2_000);
});

async function create(...items: readonly object[]): Promise<void> {
  await controlPlane.edits.create(...items);
}

async function read(name: string): Promise<{ readonly status: Fields; readonly annotations: Fields }> {
  const build = await readObject(client, resourceTypes.build, { namespace, name });
  return {
    status: objectOrEmpty(build?.status),
    annotations: objectOrEmpty(objectOrEmpty(build?.metadata).annotations),
  };
}

/** A Build that the webhook pointed at Quay before its push secret was there, as OpenShift shows it. */
function waiting(name: string, decided = `${name}:PushSecretNamed`): object {
  const { spec, ...build } = rewrittenBuild({
    namespace,
    name,
    phase: 'Pending',
    annotations: { [buildDecisionAnnotation]: decided },
  });
  const output = { ...spec.output, pushSecret: { name: secret } };
  return { ...build, spec: { ...spec, output }, status: { phase: 'Pending', reason: 'MissingPushSecret' } };
}

/** A follower that says at once what a real one says after two minutes, and what becomes of the Secret. */
function following({ outlook, ...options }: { readonly outlook: Outlook; readonly since?: string }) {
  const waits: (readonly WaitingBuild[])[] = [];
  const cancelled: CancelledBuild[] = [];
  let now = outlook;
  const followed = follow(client, namespace, {
    secretPatience: 100,
    outlookOf: (build) => (build.namespace === namespace ? now : { state: 'Unknown' }),
    onWaiting: (builds) => void waits.push(builds),
    onCancelled: (build) => void cancelled.push(build),
    ...options,
  });
  running.push(followed);
  return {
    ...followed,
    waits,
    cancelled,
    become: (next: Outlook) => {
      now = next;
      followed.follower.recheck(namespace);
    },
  };
}
const connected = () => ({ integration: integration(), organization: `openshift_${namespace}` });
const coming: Outlook = { state: 'Coming', integration: 'quay', why: 'Quay does not answer' };
const hopeless: Outlook = { state: 'Hopeless', reason: 'NamespaceNotSelected', why: 'nobody selects its namespace' };

describe('R29: a Build that was pointed at Quay and waits for its push secret', () => {
  test('R29: is told with the reason, on the Build and to its integration, until it runs', async () => {
    await create(waiting('httpd-1'));
    const one = following({ outlook: coming });
    await eventually(() =>
      expect(one.events).toMatchObject([
        { reason: 'PushSecretMissing', type: 'Warning', regarding: { kind: 'Build', name: 'httpd-1' } },
      ]),
    );
    expect(one.events[0]?.note).toMatch(
      /waits for the Secret "builder-quay-openshift".*Quay does not answer.*by itself/,
    );
    const told = { namespace, build: 'httpd-1', pushSecret: secret, integration: 'quay', why: 'Quay does not answer' };
    expect(one.waits).toEqual([[told]]);
    one.become({ ...coming, why: 'the token has expired' });
    await eventually(() => expect(one.waits.at(-1)).toEqual([{ ...told, why: 'the token has expired' }]));
    const status = { phase: 'Running', reason: null };
    await controlPlane.edits.patch(['build', 'httpd-1', '-n', namespace], { status });
    await eventually(() => expect(one.waits.at(-1)).toEqual([]));
    expect([one.events.length, one.cancelled]).toEqual([1, []]);
  });

  test('R29: is cancelled once the Secret can never come, which says why', async () => {
    await create(waiting('httpd-1'));
    const one = following({ outlook: coming });
    await eventually(() => expect(one.waits).toHaveLength(1));
    one.become(hopeless);
    await eventually(async () => {
      const { status, annotations } = await read('httpd-1');
      // What `oc cancel-build` writes; the phase is the build controller's.
      expect(status).toMatchObject({ cancelled: true, phase: 'Pending' });
      expect(annotations).toMatchObject({ 'quayside.dev/cancelled': 'NamespaceNotSelected' });
    });
    await eventually(() =>
      expect(one.cancelled).toEqual([{ namespace, build: 'httpd-1', reason: 'NamespaceNotSelected' }]),
    );
    await eventually(() => expect(one.events.at(-1)).toMatchObject({ reason: 'BuildCancelled' }));
    expect(one.events.at(-1)?.note).toMatch(
      /which will not come, since nobody selects its namespace\. Start it again\.$/,
    );
    expect(one.waits.at(-1)).toEqual([]);
  });

  test('R29: is left alone where the webhook did not decide for it: a clone is only told of, others not even that', async () => {
    const { metadata, ...by } = waiting('by-hand') as { metadata: { annotations: Record<string, string> } };
    const { [buildDecisionAnnotation]: _, ...annotations } = metadata.annotations;
    const asked = { phase: 'Pending', reason: 'MissingPushSecret' };
    await create(
      waiting('clone', 'httpd-1:PushSecretNamed'),
      { ...by, metadata: { ...metadata, annotations } },
      { ...plainBuild({ namespace, name: 'own' }), status: asked },
    );
    const one = following({ outlook: hopeless });
    await eventually(() => expect(one.events).toHaveLength(1));
    expect(one.events[0]).toMatchObject({ reason: 'PushSecretMissing', regarding: { name: 'clone' } });
    expect(one.events[0]?.note).toContain(`Cancel it: oc cancel-build clone -n ${namespace}`);
    for (const name of ['clone', 'by-hand', 'own']) expect((await read(name)).status).not.toHaveProperty('cancelled');
    expect(one.cancelled).toEqual([]);
  });
});

describe('what went past Quay', () => {
  const since = '2020-01-01T00:00:00Z';
  const stalledConditions = { phase: 'New', reason: 'InvalidOutputReference' };
  /** A Build that ran as it was, with the push secret that OpenShift gives to every one, and what the webhook wrote on it. */
  const past = (name: string, decided?: string, status: object = { phase: 'Running' }): object => {
    const { spec, metadata, ...build } = plainBuild({ namespace, name });
    const output = { ...spec.output, pushSecret: { name: 'builder-dockercfg-x7k2p' } };
    const annotations = decided === undefined ? {} : { [buildDecisionAnnotation]: decided };
    return { ...build, metadata: { ...metadata, annotations }, spec: { ...spec, output }, status };
  };
  const reports = (one: Followed): readonly unknown[] =>
    one.unrewritten.map(({ build, reason }) => `${build} ${reason}`).sort();

  test('R5: is told by what the webhook decided for that Build, and never what was left alone on purpose', async () => {
    const { spec, ...ci } = past('of-ci') as { spec: object };
    await create(
      past('elsewhere', 'elsewhere:OtherNamespace'),
      past('reader', 'reader:RobotMayNotPush'),
      past('none', 'none:NoRobot'),
      // Nobody asked the webhook, and nobody could have pushed.
      { ...ci, spec: { ...spec, serviceAccount: 'ci' } },
      past('suspended', 'suspended:Suspended'),
      past('down', 'down:IntegrationNotReady'),
      past('bypassed'),
      past('clone', 'none:NoRobot'),
    );
    const integrationOf = (name: string) =>
      name === namespace ? { ...connected(), since, mayPush: (account: string) => account !== 'ci' } : undefined;
    const one = follow(client, namespace, { integrationOf });
    running.push(one);
    const expected = ['bypassed NotRewritten', 'clone NotRewritten', 'down IntegrationNotReady', 'suspended Suspended'];
    await eventually(() => expect(reports(one)).toEqual(expected));
    expect(one.events.map(({ regarding }) => regarding.name).sort()).toEqual([
      'bypassed',
      'clone',
      'down',
      'suspended',
    ]);
    expect(one.events.find(({ regarding }) => regarding.name === 'down')?.note).toMatch(
      /The integration was not ready; start the build again once it is\.$/,
    );
    await one.follower.stop();
    const two = follow(client, namespace, { integrationOf });
    running.push(two);
    await eventually(() => expect(two.follower.counts().builds).toBeGreaterThanOrEqual(8));
    expect(reports(two)).toEqual([]);
  });

  test('R5: is nothing in a namespace that nobody selects now, or that never was connected', async () => {
    await create(past('ignored'), past('decided', 'decided:OrganizationStalled'));
    const unselected = { ...connected(), since, selected: () => false };
    const one = follow(client, namespace, { integrationOf: (name) => (name === namespace ? unselected : undefined) });
    running.push(one);
    await eventually(() => expect(reports(one)).toEqual(['decided OrganizationStalled']));
    const two = follow(client, namespace, { integrationOf: () => undefined, isSuspended: () => true });
    running.push(two);
    await eventually(() => expect(two.follower.counts().builds).toBeGreaterThanOrEqual(2));
    expect(reports(two)).toEqual([]);
  });

  test('R34: says to cancel first what cannot start without a registry, and only that', async () => {
    await create(
      past('stuck-1', undefined, stalledConditions),
      past('stuck-2', 'stuck-2:Suspended', stalledConditions),
      past('ran'),
    );
    const one = following({ outlook: coming, since });
    await eventually(() => expect(one.events).toHaveLength(3));
    const note = (name: string): string => one.events.find(({ regarding }) => regarding.name === name)?.note ?? '';
    for (const name of ['stuck-1', 'stuck-2']) {
      expect(note(name)).toMatch(
        new RegExp(`holds up later builds: cancel it first \\(oc cancel-build ${name} -n ${namespace}\\), then start`),
      );
    }
    expect(note('ran')).not.toMatch(/cancel/);
    // The words fit into an Event.
    expect(Math.max(...one.events.map(({ note: words }) => words.length))).toBeLessThan(1_024);
  });
});
