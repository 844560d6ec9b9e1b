import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fields } from '../../src/json/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { type ClusterState, createClusterState } from '../../src/webhook/index.js';
import { eventually } from '../support/eventually.js';
import { inMemoryCluster, type InMemoryCluster } from '../support/in-memory-cluster.js';

const { quayIntegration, predecessorIntegration, quayOrganization, namespace } = resourceTypes;
const created = '2026-01-02T03:04:05Z';
const secret = { namespace: 'quayside', name: 'quay' };
const ready = {
  conditions: [{ type: 'Ready', status: 'True', reason: 'Succeeded', message: '', lastTransitionTime: created }],
};

const project = (name: string, labels: Fields = {}): Fields => ({
  metadata: { name, labels, creationTimestamp: created },
});
const integration = (name: string, spec: Fields = {}, status: Fields = ready): Fields => ({
  metadata: { name, creationTimestamp: created },
  spec: { quayHostname: 'https://quay.example.test:8443', credentialsSecret: secret, ...spec },
  status,
});
const organization = (of: string, spec: Fields = {}, status: Fields = {}): Fields => ({
  metadata: { name: `openshift.${of}` },
  spec: {
    integration: 'quay',
    namespace: of,
    name: `openshift_${of}`,
    robots: [
      { name: 'builder', role: 'write', pullSecret: { name: 'builder-quay-openshift', serviceAccount: 'builder' } },
      { name: 'default', role: 'read', pullSecret: { name: 'default-quay-openshift', serviceAccount: 'default' } },
      { name: 'robot' },
    ],
    ...spec,
  },
  status: { origin: 'created', robots: [{ name: 'builder', ready: true, linked: true }], ...status },
});

let state: ClusterState | undefined;
afterEach(async () => {
  await state?.stop();
});

/** A cluster and what the webhook knows of it, once it knows all. */
async function knowing(fill: (cluster: InMemoryCluster) => void): Promise<InMemoryCluster & { state: ClusterState }> {
  const cluster = inMemoryCluster(quayIntegration, quayOrganization, namespace, predecessorIntegration);
  fill(cluster);
  const known = createClusterState(cluster.client);
  state = known;
  known.start();
  await eventually(() => expect(known.unknown()).toBeUndefined());
  return { ...cluster, state: known };
}

describe('the state of a namespace', () => {
  test('is unknown before every list has been read', () => {
    const cluster = inMemoryCluster(quayIntegration, quayOrganization, namespace);
    state = createClusterState(cluster.client);
    expect(state.situation('shop')).toEqual({ unknown: expect.stringMatching(/have not been listed yet/) });
  });

  test('is complete without the kind of the predecessor', async () => {
    const cluster = inMemoryCluster(quayIntegration, quayOrganization, namespace);
    const known = createClusterState(cluster.client);
    state = known;
    known.start();
    await eventually(() => expect(known.unknown()).toBeUndefined());
    expect(known.situation('shop')).toEqual({});
  });

  test('is its integration and its organization', async () => {
    const { state } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay'));
      cluster.put(namespace, project('shop'));
      cluster.put(quayOrganization, organization('shop'));
    });
    expect(state.situation('shop')).toMatchObject({
      integration: { name: 'quay', suspended: false, ready: true, registry: { host: 'quay.example.test:8443' } },
      organization: {
        name: 'openshift_shop',
        declared: true,
        exists: true,
        robots: new Map([
          ['builder', { name: 'builder', secret: 'builder-quay-openshift', canPush: true, ready: true, linked: true }],
          [
            'default',
            { name: 'default', secret: 'default-quay-openshift', canPush: false, ready: false, linked: false },
          ],
        ]),
      },
    });
  });

  test('asks the API server nothing more', async () => {
    const { state, calls } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay'));
      cluster.put(namespace, project('shop'));
    });
    await eventually(() => expect(calls()).toBe(8));
    for (let at = 0; at < 100; at += 1) state.situation('shop');
    expect(calls()).toBe(8);
  });

  test('follows every change, and says which namespaces it concerns', async () => {
    const known = await knowing((cluster) => cluster.put(namespace, project('shop')));
    const reported: (string | undefined)[] = [];
    known.state.onChange((name) => reported.push(name));
    expect(known.state.situation('shop').integration).toBeUndefined();
    known.put(quayIntegration, integration('quay'));
    known.put(quayOrganization, organization('shop'));
    known.put(namespace, project('new'));
    await eventually(() => expect(reported).toEqual(expect.arrayContaining([undefined, 'shop', 'new'])));
    expect(known.state.situation('shop').organization?.name).toBe('openshift_shop');
    known.put(quayOrganization, organization('shop', { namespace: 'new', name: 'openshift_new' }));
    await eventually(() => expect(known.state.situation('new').organization?.declared).toBe(true));
    expect(known.state.situation('shop').organization?.declared).toBe(false);
    known.remove(quayOrganization, 'openshift.shop');
    await eventually(() => expect(known.state.situation('new').organization?.declared).toBe(false));
    known.put(quayIntegration, integration('quay', { suspend: true }));
    await eventually(() => expect(known.state.situation('shop').integration?.suspended).toBe(true));
  });
});

describe('the integration of a namespace', () => {
  test('is none where lists or labels rule it out', async () => {
    const spec = { denylistNamespaces: ['denied'], namespaceSelector: { matchLabels: { quay: 'yes' } } };
    const { state } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay', spec));
      for (const name of ['denied', 'other', 'openshift-x']) cluster.put(namespace, project(name));
      cluster.put(namespace, project('shop', { quay: 'yes' }));
    });
    const selected = ['denied', 'other', 'openshift-x', 'shop'].filter((name) => state.situation(name).integration);
    expect(selected).toEqual(['shop']);
  });

  test('is none where ignore.yaml lists it', async () => {
    const ignored = { namespaces: ['sandbox-*'], organizations: ['openshift_legacy'] };
    const { state } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay', {}, { ...ready, ignored }));
      for (const name of ['sandbox-1', 'legacy', 'shop']) cluster.put(namespace, project(name));
    });
    expect(['sandbox-1', 'legacy', 'shop'].filter((name) => state.situation(name).integration)).toEqual(['shop']);
  });

  test('R29: is unknown while the namespace has not been seen, unless its name decides', async () => {
    const lists = { denylistNamespaces: ['denied'] };
    const ignored = { ...ready, ignored: { namespaces: ['sandbox-*'], organizations: [] } };
    const { state, put } = await knowing((cluster) =>
      cluster.put(quayIntegration, integration('quay', lists, ignored)),
    );
    expect(state.situation('new').integration?.name).toBe('quay');
    const labels = { namespaceSelector: { matchLabels: { quay: 'yes' } } };
    put(quayIntegration, integration('quay', { ...lists, ...labels }, ignored));
    await eventually(() =>
      expect(state.situation('new')).toEqual({ unknown: 'namespace "new" has not been seen yet' }),
    );
    expect(['denied', 'sandbox-1'].map((name) => state.situation(name))).toEqual([{}, {}]);
    put(namespace, project('new', { quay: 'yes' }));
    await eventually(() => expect(state.situation('new').integration?.name).toBe('quay'));
  });

  test('is v1 before the predecessor, then the current owner, then the older', async () => {
    const old = { credentialsSecretName: 'quayside/quay', quayHostname: 'old.example.test' };
    const { state, put, remove } = await knowing((cluster) => {
      cluster.put(namespace, project('shop'));
      cluster.put(predecessorIntegration, { metadata: { name: 'old' }, spec: old });
    });
    const owner = () => state.situation('shop').integration?.name;
    expect(owner()).toBe('old');
    put(quayIntegration, { ...integration('b'), metadata: { name: 'b', creationTimestamp: '2026-02-01T00:00:00Z' } });
    await eventually(() => expect(owner()).toBe('b'));
    put(quayIntegration, integration('c'));
    await eventually(() => expect(owner()).toBe('c'));
    put(quayOrganization, organization('shop', { integration: 'b' }));
    await eventually(() => expect(owner()).toBe('b'));
    // A v1 object with the name of a predecessor's supersedes it, its namespaces included.
    for (const name of ['b', 'c']) remove(quayIntegration, name);
    await eventually(() => expect(owner()).toBe('old'));
    put(quayIntegration, integration('old', { denylistNamespaces: ['shop'] }));
    await eventually(() => expect(owner()).toBeUndefined());
  });

  test('can be stalled, or have no host', async () => {
    const stalled = {
      ...ready.conditions[0],
      type: 'Stalled',
      reason: 'TokenRejected',
      message: 'the token has expired',
    };
    const { state } = await knowing((cluster) => {
      cluster.put(namespace, project('shop'));
      cluster.put(
        quayIntegration,
        integration('quay', { quayHostname: 'https://quay/path' }, { conditions: [stalled] }),
      );
    });
    expect(state.situation('shop').integration).toEqual({
      name: 'quay',
      suspended: false,
      ready: false,
      registry: { fault: expect.stringMatching(/carries a path/) },
      unreviewed: true,
      fault: 'the token has expired',
    });
  });
});

describe('the organization of a namespace', () => {
  test('R29: is known before there is one: names and roles follow from the integration', async () => {
    const serviceAccounts = [
      { name: 'builder', role: 'read' },
      { name: 'ci', role: 'write' },
    ];
    const { state } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay', { clusterID: 'Prod', denylistNamespaces: ['of-ci'] }));
      cluster.put(
        quayIntegration,
        integration('ci', { allowlistNamespaces: ['of-ci'], serviceAccounts, git: { review: 'All' } }),
      );
    });
    const notYet = { ready: false, linked: false };
    expect(state.situation('web').organization).toEqual({
      name: 'prod_web',
      declared: false,
      exists: false,
      robots: new Map([
        ['builder', { name: 'builder', secret: 'builder-quay-prod', canPush: true, ...notYet }],
        ['default', { name: 'default', secret: 'default-quay-prod', canPush: false, ...notYet }],
        ['deployer', { name: 'deployer', secret: 'deployer-quay-prod', canPush: false, ...notYet }],
      ]),
    });
    const { integration: reviewed, organization } = state.situation('of-ci');
    expect([reviewed?.unreviewed, organization?.robots]).toEqual([
      false,
      new Map([
        ['builder', { name: 'builder', secret: 'builder-quay-openshift', canPush: false, ...notYet }],
        ['ci', { name: 'ci', secret: 'ci-quay-openshift', canPush: true, ...notYet }],
      ]),
    ]);
  });

  test.each(['OrganizationNotOurs', 'OwnedElsewhere', 'OwnershipUncertain', 'NamespaceReplaced', 'AdoptionPending'])(
    'does not exist for us while nobody has said so, or when it is not ours: %s',
    async (reason) => {
      const foreign = {
        type: 'Ready',
        status: 'False',
        reason,
        message: 'it has no ownership marker',
      };
      const { state } = await knowing((cluster) => {
        cluster.put(quayIntegration, integration('quay'));
        for (const name of ['new', 'foreign', 'shop']) cluster.put(namespace, project(name));
        cluster.put(quayOrganization, { ...organization('new'), status: {} });
        cluster.put(quayOrganization, organization('foreign', {}, { conditions: [foreign] }));
        cluster.put(quayOrganization, organization('shop', { integration: 'another' }));
      });
      expect(state.situation('new').organization).toMatchObject({ exists: false });
      expect(state.situation('foreign').organization).toMatchObject({
        exists: false,
        stalled: 'it has no ownership marker',
      });
      expect(state.situation('shop').organization).toMatchObject({ name: 'openshift_shop', declared: false });
    },
  );

  test.each<[string, Fields, Fields]>([
    ['that was refused', {}, { conditions: [{ type: 'Stalled', status: 'True', reason: 'DocumentInvalid' }] }],
    ['with robots of its own', { robots: [] }, {}],
    ['to another organization', { name: 'mine' }, { origin: 'created' }],
  ])('S22: is not what somebody else claims for it: a claim %s', async (_, spec, status) => {
    const { state } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay'));
      cluster.put(namespace, project('shop'));
      cluster.put(quayOrganization, organization('shop'));
      cluster.put(quayOrganization, { ...organization('shop', spec), metadata: { name: 'a' }, status });
    });
    const { stalled, exists, robots } = state.situation('shop').organization ?? {};
    expect([stalled, exists, robots?.get('builder')?.linked]).toEqual([undefined, true, true]);
  });

  test('can be there of a shape that nobody foresaw', async () => {
    const { state } = await knowing((cluster) => {
      cluster.put(quayIntegration, integration('quay'));
      cluster.put(namespace, project('shop'));
      const spec = { robots: [null, 'x', { pullSecret: 7 }, { pullSecret: { serviceAccount: 'builder' } }] };
      cluster.put(quayOrganization, organization('shop', spec, { robots: 'none', conditions: [null], registry: 'r' }));
    });
    expect(state.situation('shop').organization).toEqual({
      name: 'openshift_shop',
      declared: true,
      exists: true,
      repositories: [],
      registry: 'r',
      robots: new Map([['builder', { name: '', secret: '', canPush: false, ready: false, linked: false }]]),
    });
  });
});
