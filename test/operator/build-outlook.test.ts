import { afterEach, describe, expect, test } from '@jest/globals';
import { buildDecisionAnnotation, type QuayIntegration, type QuayIntegrationStatus } from '../../src/api/index.js';
import { type AwaitingBuild } from '../../src/builds/index.js';
import { buildRecord } from '../../src/builds/import-record.js';
import { awaitsPushSecret, type Outlook } from '../../src/builds/outlook.js';
import { type Fields } from '../../src/json/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { outlookOf } from '../../src/operator/build-outlook.js';
import { importNamespace } from '../../src/operator/import-namespace.js';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { host, rewrittenBuild } from '../fixtures/builds/builds.js';
import { integration } from '../fixtures/builds/followed.js';
import { inMemoryCluster } from '../support/in-memory-cluster.js';
import { operatorInMemory, serving } from './operator-in-memory.js';

const { quayIntegration, quayOrganization, namespace } = resourceTypes;
const condition = (reason: string, message: string) =>
  [{ type: 'Ready', status: 'False', reason, message, lastTransitionTime: '2026-01-01T00:00:00Z' }] as const;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

function waiting(): AwaitingBuild {
  const annotations = { [buildDecisionAnnotation]: 'httpd-1:PushSecretNamed' };
  const { spec, ...build } = rewrittenBuild({ namespace: 'shop', name: 'httpd-1', annotations });
  const output = { ...spec.output, pushSecret: { name: 'builder-quay-openshift' } };
  const status = { phase: 'Pending', reason: 'MissingPushSecret' };
  const record = buildRecord({ ...build, spec: { ...spec, output }, status });
  if (!awaitsPushSecret(record)) throw new Error('it does not wait');
  return record;
}

const robot = {
  name: 'builder',
  role: 'write',
  pullSecret: { name: 'builder-quay-openshift', serviceAccount: 'builder' },
};
const object = (status: Fields = {}, spec: Fields = {}): Fields => ({
  metadata: { name: 'openshift.shop', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { integration: 'quay', namespace: 'shop', name: 'openshift_shop', robots: [robot], ...spec },
  status,
});

interface Fixture {
  readonly spec?: Partial<QuayIntegration['spec']>;
  readonly status?: Partial<QuayIntegrationStatus>;
  readonly objects?: readonly Fields[];
  /** Whether the namespace, the integration, and all of the integrations are there or can be read. */
  readonly lacks?: 'namespace' | 'integration' | 'knowledge';
}

async function operating({ spec, status = {}, objects = [], lacks }: Fixture) {
  const cluster = inMemoryCluster(quayIntegration, quayOrganization, namespace);
  if (lacks !== 'namespace')
    cluster.put(namespace, { metadata: { name: 'shop', uid: 'shop', labels: { quay: 'yes' } } });
  for (const one of objects) cluster.put(quayOrganization, one);
  const operator = operatorInMemory(serving(cluster.client, quayOrganization));
  const { watches } = operator;
  stops.push(watches.stop);
  watches.namespaces.start();
  watches.organizations.start();
  await Promise.all([watches.namespaces.filled(), watches.organizations.filled()]);
  const known = {
    readable: () => (lacks === 'integration' ? [] : [integration(spec)]),
    areAllReadable: () => lacks !== 'knowledge',
    status: () => status,
    get: () => undefined,
  };
  return { operator, known };
}

async function outlookIn(fixture: Fixture): Promise<Outlook> {
  const { operator, known } = await operating(fixture);
  return outlookOf(operator, known, waiting());
}

describe('R29: whether the push secret of a Build will come, by what the cluster says', () => {
  test.each<[string, Fixture, Partial<Extract<Outlook, { why: string }>> | { state: string }]>([
    ['there is no object yet', {}, { state: 'Coming', integration: 'quay' }],
    [
      'Quay is down',
      { status: { conditions: [...condition('QuayUnreachable', 'no answer')] } },
      { state: 'Coming', why: 'no answer' },
    ],
    [
      'an overlay cannot be used',
      { objects: [object({ conditions: condition('OverlayInvalid', 'it changes the namespace') })] },
      { state: 'Coming', why: 'it changes the namespace' },
    ],
    ['the integration is suspended', { spec: { suspend: true } }, { state: 'Coming' }],
    ['it is there', { objects: [object({ robots: [{ name: 'builder', ready: true }] })] }, { state: 'Fine' }],
    ['the namespace is going', { lacks: 'namespace' }, { state: 'Unknown' }],
    ['not all integrations can be read', { lacks: 'knowledge' }, { state: 'Unknown' }],
    ['a cluster ID cannot be used', { spec: { clusterID: '' } }, { state: 'Unknown' }],
    ['the integration is gone', { lacks: 'integration' }, { state: 'Hopeless', reason: 'NamespaceNotSelected' }],
    [
      'the namespace is denied by now',
      { spec: { denylistNamespaces: ['shop'] } },
      { state: 'Hopeless', reason: 'NamespaceNotSelected' },
    ],
    [
      'it is ignored by now',
      { status: { ignored: { namespaces: ['shop'], organizations: [] } } },
      { state: 'Hopeless', reason: 'NamespaceNotSelected' },
    ],
    [
      'the organization is somebody else’s',
      { objects: [object({ conditions: condition('OrganizationNotOurs', 'no mark') })] },
      { state: 'Hopeless', reason: 'OrganizationNotOurs', why: 'no mark' },
    ],
    [
      'Quay is another one',
      { spec: { quayHostname: `new-${host}` } },
      { state: 'Hopeless', reason: 'ImageDestinationChanged' },
    ],
    [
      'the cluster ID is another one',
      { spec: { clusterID: 'prod' } },
      { state: 'Hopeless', reason: 'ImageDestinationChanged' },
    ],
    [
      'the account lost its role',
      { spec: { serviceAccounts: [{ name: 'builder', role: 'read' }] } },
      { state: 'Hopeless', reason: 'NoRobot' },
    ],
    [
      'the document states no such robot',
      { objects: [object({}, { robots: [] })] },
      { state: 'Hopeless', reason: 'NoRobot' },
    ],
  ])('%s', async (_, fixture, expected) => {
    expect(await outlookIn(fixture)).toMatchObject(expected);
  });
});

test('R29: an integration says which Builds wait, and no longer once none does', () => {
  const status = (waiting: readonly string[]): readonly string[] => {
    const { conditions = [] } = integrationStatus({
      reported: { reconciled: true, waiting },
      summary: { organizations: 0, ready: 0, faults: [] },
      generation: 1,
      before: undefined,
      now: new Date(),
    });
    return conditions.map(({ type, reason, message }) => `${type} ${reason} ${message}`);
  };
  expect(status(['shop/httpd-1 waits for the Secret x: no answer'])).toContain(
    'BuildsWaiting PushSecretMissing shop/httpd-1 waits for the Secret x: no answer',
  );
  expect(status([]).join()).not.toContain('BuildsWaiting');
});

test('R5: a namespace that people want left alone is connected, and not selected', async () => {
  const known = { integration: integration(), type: quayIntegration } as never;
  for (const [ignored, selected] of [
    [undefined, true],
    [{ namespaces: ['shop'], organizations: [] }, false],
  ] as const) {
    const { operator, known: ways } = await operating({ objects: [object({ origin: 'created' })] });
    const status = (): QuayIntegrationStatus => ({ ...(ignored && { ignored }) }) as QuayIntegrationStatus;
    const followed = importNamespace(operator, { ...ways, get: () => known, status }, 'shop');
    expect(followed?.selected?.()).toBe(selected);
  }
});
