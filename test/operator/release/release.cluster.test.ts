import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Fields } from '../../../src/json/index.js';
import { createElector, type KubeClient, readObject, resourceTypes } from '../../../src/kube/index.js';
import { release, type ReleaseInput, type ReleaseReport } from '../../../src/release/index.js';
import { writes } from '../../control-plane/audit/filter.js';
import { eventually } from '../../support/eventually.js';
import type { Started } from '../../control-plane/start.js';
import { startWithKinds } from '../../control-plane/start-with-kinds.js';
import { clientAt } from '../../support/client-at.js';

const userAgent = 'release-test';
const lease = { namespace: 'quayside', name: 'quayside' };
// It lets go whatever it finds in the whole cluster.
let controlPlane: Started;
let client: KubeClient;

beforeAll(async () => {
  controlPlane = await startWithKinds();
  client = clientAt(controlPlane.kubeconfig, userAgent);
  await controlPlane.edits.create(namespace(lease.namespace));
});
afterAll(async () => {
  await client.close();
  await controlPlane.stop();
});

const run = (more: Partial<ReleaseInput> = {}): Promise<ReleaseReport> =>
  release({ client, lease, dryRun: false, ...more });
const apply = (...items: readonly Fields[]): Promise<unknown> => controlPlane.edits.apply(...items);
const countWrites = (): Promise<number> => controlPlane.audit.count({ userAgent, verb: writes });
const organization = (name: string, ...finalizers: readonly string[]): Fields => ({
  apiVersion: 'quayside.dev/v1alpha1',
  kind: 'QuayOrganization',
  metadata: { name, finalizers },
  spec: { integration: 'quay', name: name.replace('.', '_'), robots: [], repositories: [] },
});
const namespace = (name: string, ...finalizers: readonly string[]): Fields => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, finalizers },
});
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'builder-quay-openshift',
    namespace: 'shop',
    labels: { 'app.kubernetes.io/managed-by': 'quayside' },
  },
};
const configuration = (name: string): Fields => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name },
  webhooks: [],
});
const finalizersOf = async (name: string): Promise<unknown> => {
  const live = await readObject(client, resourceTypes.quayOrganization, { name });
  return (live?.metadata as Fields | undefined)?.finalizers;
};

describe('release', () => {
  beforeAll(async () => {
    await apply(
      organization('openshift.shop', 'quayside.dev/organization', 'example.com/theirs'),
      organization('openshift.free'),
      namespace('shop', 'quay.redhat.com/quayintegrations', 'example.com/theirs'),
      namespace('old', 'redhatcop.redhat.io/quayintegrations'),
      configuration('quayside-builtin-namespaces'),
      configuration('quayside'),
    );
    await apply(secret);
    await controlPlane.audit.reset();
  });

  test('refuses while an operator is at work', async () => {
    const elector = createElector(client, {
      ...lease,
      identity: 'quayside-0',
      leaseSeconds: 3,
      renewSeconds: 2,
      retrySeconds: 0.3,
    });
    elector.start();
    await eventually(() => expect(elector.isLeader()).toBe(true));
    const refused = run();
    await expect(refused).rejects.toMatchObject({
      code: 'OperatorRunning',
      message: expect.stringContaining('quayside-0'),
    });
    await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('--force') });
    expect(await run({ dryRun: true })).toMatchObject({ operator: 'quayside-0' });
    await elector.stop();
    expect(await finalizersOf('openshift.shop')).toHaveLength(2);
  });

  test('reports what it would do and does none of it', async () => {
    await controlPlane.audit.reset();
    const report = await run({ dryRun: true });
    expect(report).toEqual({
      dryRun: true,
      unread: [],
      objects: [
        {
          kind: 'QuayOrganization',
          name: 'openshift.shop',
          finalizers: ['quayside.dev/organization'],
          outcome: 'Pending',
        },
        { kind: 'Namespace', name: 'old', finalizers: ['redhatcop.redhat.io/quayintegrations'], outcome: 'Pending' },
        { kind: 'Namespace', name: 'shop', finalizers: ['quay.redhat.com/quayintegrations'], outcome: 'Pending' },
        { kind: 'MutatingWebhookConfiguration', name: 'quayside-builtin-namespaces', outcome: 'Pending' },
      ],
    });
    expect(await countWrites()).toBe(0);
  });

  test('reports what it could not do, and does the rest', async () => {
    const proxy = await controlPlane.proxy();
    const broken = clientAt(proxy.kubeconfig, userAgent);
    proxy.arm({ path: /quayorganizations$/ }, { kind: 'answer', status: 503 });
    proxy.arm({ path: '/api/v1/namespaces/shop', method: 'PATCH' }, { kind: 'answer', status: 403 });
    const { objects, unread } = await run({ client: broken });
    await broken.close();
    await proxy.stop();
    expect(unread).toMatchObject([{ code: 'ClusterUnavailable', retryable: true }]);
    expect(objects.map(({ name, outcome, failure }) => [name, outcome, failure?.code])).toEqual([
      ['old', 'Done', undefined],
      ['shop', 'Failed', 'ClusterAccessForbidden'],
      ['quayside-builtin-namespaces', 'Done', undefined],
    ]);
  });

  test('removes the finalizers that only an operator would, and nothing else', async () => {
    const { objects } = await run();
    expect(objects.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['openshift.shop', 'Done'],
      ['shop', 'Done'],
    ]);
    expect(await finalizersOf('openshift.shop')).toEqual(['example.com/theirs']);
    const left = await controlPlane.kubectl(['get', 'mutatingwebhookconfigurations', '-o', 'name']);
    expect(left.trim()).toBe('mutatingwebhookconfiguration.admissionregistration.k8s.io/quayside');
    expect(await controlPlane.edits.get('secret', secret.metadata.name, '-n', 'shop')).toBeDefined();
    await controlPlane.audit.reset();
    expect(await run()).toEqual({ dryRun: false, objects: [], unread: [] });
    expect(await countWrites()).toBe(0);
  });

  test('does not wait for an operator that was killed for longer than its lease holds', async () => {
    const spec = { holderIdentity: 'killed', leaseDurationSeconds: 1, renewTime: '2099-01-01T00:00:00.000000Z' };
    await apply({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: lease, spec });
    await apply(namespace('old', 'redhatcop.redhat.io/quayintegrations'));
    expect((await run()).objects).toMatchObject([{ name: 'old', outcome: 'Done' }]);
  });

  test('does not wait for anybody when it is forced', async () => {
    const spec = { holderIdentity: 'at-work', leaseDurationSeconds: 3600 };
    await apply({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: lease, spec });
    await apply(namespace('old', 'redhatcop.redhat.io/quayintegrations'));
    expect((await run({ force: true })).objects).toMatchObject([{ name: 'old', outcome: 'Done' }]);
    await controlPlane.edits.delete('lease', lease.name, '-n', lease.namespace);
  });

  test('Q19: lets namespaces and definitions go that are being deleted already, also when the definitions are gone', async () => {
    await apply(
      organization('openshift.going', 'quayside.dev/organization'),
      namespace('going', 'quay.redhat.com/quayintegrations'),
    );
    await controlPlane.edits.patch(['quayorganization', 'openshift.shop'], { metadata: { finalizers: [] } });
    await controlPlane.edits.delete('namespace', 'going');
    await controlPlane.edits.delete('customresourcedefinition', 'quayorganizations.quayside.dev');
    const { objects } = await run();
    expect(objects.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['openshift.going', 'Done'],
      ['going', 'Done'],
    ]);
    await controlPlane.kubectl([
      'wait',
      '--for=delete',
      'crd/quayorganizations.quayside.dev',
      'namespace/going',
      '--timeout=30s',
    ]);
    await eventually(async () => expect(await run()).toEqual({ dryRun: false, objects: [], unread: [] }));
  }, 60_000);
});
