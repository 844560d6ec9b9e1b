import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Finished, start } from '../../support/quayside.js';
import { type Started, startControlPlane } from '../../control-plane/start.js';

let controlPlane: Started;

beforeAll(async () => {
  controlPlane = await startControlPlane();
});
afterAll(() => controlPlane.stop());

const quayside = (...args: readonly string[]): Promise<Finished> =>
  start(['release', '--kubeconfig', controlPlane.kubeconfig, ...args], { cwd: tmpdir() }).finished;
const hold = (name: string): Promise<unknown> =>
  controlPlane.edits.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, finalizers: ['quay.redhat.com/quayintegrations'] },
  });

test('a dry run exits 2 with what is held, the real one 0, and another one has nothing to do', async () => {
  expect(await quayside()).toEqual({ code: 0, stdout: 'Nothing is held.\n', stderr: '' });
  await hold('shop');
  expect(await quayside('--dry-run')).toMatchObject({
    code: 2,
    stdout:
      'Namespace shop: quay.redhat.com/quayintegrations would be removed\nWould release: 1. Quay and the pull secrets stay as they are.\n',
  });
  const { code, stdout } = await quayside('-o', 'json');
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      dryRun: false,
      objects: [{ kind: 'Namespace', name: 'shop', finalizers: ['quay.redhat.com/quayintegrations'], outcome: 'Done' }],
      unread: [],
    },
  ]);
  expect(await quayside('--dry-run')).toMatchObject({ code: 0, stdout: 'Nothing is held.\n' });
});

test('release without the permission exits 1 and says what is missing', async () => {
  await hold('held');
  const nobody = { name: 'nobody', namespace: 'default' };
  await controlPlane.edits.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: nobody });
  const kubeconfig = await controlPlane.kubeconfigFor(nobody);
  const { code, stderr } = await quayside('--kubeconfig', kubeconfig);
  expect(code).toBe(1);
  expect(stderr).toContain('ClusterAccessForbidden');
  expect(stderr).toContain('Give this account the right to get leases.coordination.k8s.io.');
  const forced = await quayside('--kubeconfig', kubeconfig, '--force');
  expect(forced.code).toBe(1);
  expect(forced.stderr).toContain('Give this account the right to list namespaces.');
});

test('an operator that is at work is named, with what to do', async () => {
  const lease = { namespace: 'kube-public', name: 'quayside' };
  const put = (second: number): Promise<unknown> =>
    controlPlane.edits.apply({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: lease,
      spec: {
        holderIdentity: 'quayside-0',
        leaseDurationSeconds: 15,
        renewTime: `2026-01-01T00:00:0${second}.000000Z`,
      },
    });
  await put(0);
  let over = false;
  const refusal = quayside('-n', lease.namespace).finally(() => {
    over = true;
  });
  for (let second = 1; !over; second = (second + 1) % 10) {
    await put(second);
    await sleep(200);
  }
  const { code, stdout, stderr } = await refusal;
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('error (OperatorRunning): quayside-0 holds the Lease kube-public/quayside');
  expect(stderr).toContain('kubectl delete deployment quayside -n kube-public');
  const dry = await quayside('-n', lease.namespace, '--dry-run');
  expect(dry.stdout).toContain('quayside-0 holds the Lease: remove the operator first.');
});
