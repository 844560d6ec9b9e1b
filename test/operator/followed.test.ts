import { afterEach, expect, test } from '@jest/globals';
import { type QuayIntegration } from '../../src/api/index.js';
import { type Fields } from '../../src/json/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { importNamespace } from '../../src/operator/import-namespace.js';
import { type KnownIntegration } from '../../src/operator/integrations/known-integration.js';
import { createClusterState } from '../../src/webhook/index.js';
import { integration } from '../fixtures/builds/followed.js';
import { eventually } from '../support/eventually.js';
import { inMemoryCluster } from '../support/in-memory-cluster.js';
import { operatorInMemory, serving } from './operator-in-memory.js';

const { quayIntegration, quayOrganization, namespace } = resourceTypes;
const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** An object is told from the others by the service account of its robot. */
const object = (
  name: string,
  of: string,
  { created = early, deleting = false, organization = 'openshift_shop' } = {},
): Fields => ({
  metadata: { name, creationTimestamp: created, ...(deleting && { deletionTimestamp: late }) },
  spec: {
    integration: of,
    namespace: 'shop',
    name: organization,
    robots: [{ name: 'builder', role: 'write', pullSecret: { name: 'builder', serviceAccount: name } }],
  },
  status: { origin: 'created' },
});
const named = (name: string, created = early): QuayIntegration => ({
  ...integration(),
  metadata: { name, creationTimestamp: created },
});

const [one, two] = [named('one'), named('two', late)];
const [younger, going, other] = [{ created: late }, { deleting: true }, { organization: 'mine' }];

test.each<readonly [string, string | undefined, readonly QuayIntegration[], readonly Fields[]]>([
  ['the only one there is', 'b', [one], [object('b', 'one')]],
  ['the oldest', 'b', [one], [object('b', 'one'), object('a', 'one', younger)]],
  ['of equals the first by name', 'a', [one], [object('b', 'one'), object('a', 'one')]],
  ['not one that is for something else', 'b', [one], [object('b', 'one', younger), object('a', 'one', other)]],
  ['one that stays', 'b', [one], [object('a', 'one', going), object('b', 'one')]],
  ['none where all go', undefined, [one], [object('a', 'one', going), object('b', 'one', going)]],
  ['the one of the incumbent', 'b', [one, two], [object('a', 'one', younger), object('b', 'two')]],
  [
    'the first of the incumbent',
    'a',
    [one, two],
    [object('b', 'two'), object('c', 'one', younger), object('a', 'two')],
  ],
  ['none of an integration that is gone', 'b', [one], [object('a', 'gone'), object('b', 'one', younger)]],
])('a Build is sent to an organization and imported from the same: %s', async (_, chosen, integrations, objects) => {
  for (const listed of [objects, [...objects].reverse()]) {
    expect(await choices(integrations, listed)).toEqual([chosen, chosen]);
  }
});

test('what was pushed before nobody selected the namespace any more is imported all the same', async () => {
  const denying = { ...one, spec: { ...one.spec, denylistNamespaces: ['shop'] } };
  const objects = [object('b', 'one'), object('a', 'one')];
  expect(await choices([denying], objects)).toEqual([undefined, 'a']);
});

/** What the webhook and the import choose for the namespace, with objects that came in this order. */
async function choices(
  integrations: readonly QuayIntegration[],
  objects: readonly Fields[],
): Promise<readonly (string | undefined)[]> {
  const cluster = inMemoryCluster(quayIntegration, quayOrganization, namespace);
  cluster.put(namespace, { metadata: { name: 'shop', uid: 'shop' } });
  for (const { metadata, spec } of integrations) cluster.put(quayIntegration, { metadata, spec });
  for (const one of objects) cluster.put(quayOrganization, one);

  const state = createClusterState(cluster.client);
  const operator = operatorInMemory(serving(cluster.client, quayOrganization));
  const { watches } = operator;
  stops.push(state.stop, watches.stop);
  state.start();
  watches.namespaces.start();
  watches.organizations.start();
  await Promise.all([watches.namespaces.filled(), watches.organizations.filled()]);
  await eventually(() => expect(state.unknown()).toBeUndefined());

  const known = new Map(integrations.map((each) => [each.metadata.name, connected(each)]));
  const ways = { get: (name: string) => known.get(name), readable: () => integrations, status: () => undefined };
  // What will be made once those that go are gone is nothing to import from yet.
  const { organization } = state.situation('shop');
  const followed = importNamespace(operator, ways, 'shop');
  return [
    organization?.declared === true ? [...organization.robots.keys()][0] : undefined,
    ['a', 'b', 'c'].find((account) => followed?.mayPush?.(account) === true),
  ];
}

function connected(each: QuayIntegration): KnownIntegration {
  const failure = { code: 'QuayUnreachable' as const, message: 'there was no answer', retryable: true };
  const id = clusterId('openshift');
  const host = 'quay.example.test';
  return { integration: each, type: quayIntegration, id, host, quay: { failure }, repository: { failure } };
}
