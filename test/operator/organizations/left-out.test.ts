import { afterEach, expect, test } from '@jest/globals';
import { ignoredAnnotation } from '../../../src/api/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { openScene, type Scene, specOf } from './fixture.js';

const name = 'openshift.shop';
const owners = { name: 'owners', role: 'member' };
const message = (text: string): unknown => expect.stringContaining(text);

let scene: Scene;
afterEach(async () => scene.close());

test.each([
  ['a quota where Quay offers none', { quota: { size: '10Gi' } }, 'FeatureDisabled', 'quota ('],
  ['a team that keeps less than Quay gives it', { teams: [owners] }, 'NameReserved', 'team/owners ('],
])('%s keeps an organization from being in step, and all else is done', async (_, more, reason, text) => {
  scene = await openScene(['quay'], { features: { QUOTA_MANAGEMENT: false } });
  scene.state(name, specOf({ repositories: [{ name: 'web' }], ...more }));
  await scene.ready(name, { status: 'False', reason, message: message(text) });
  expect(scene.status(name).conditions).toContainEqual(expect.objectContaining({ type: 'Stalled', reason }));
  expect(scene.status(name).inventory).toContain('repository/web');
  // It stays like that until somebody changes something.
  scene.quays.get('quay')?.requests.reset();
  scene.sweep(name);
  await scene.pass(name);
  await scene.ready(name, { reason });
  expect(scene.quays.get('quay')?.requests.writes()).toEqual([]);
  scene.state(name, specOf({ repositories: [{ name: 'web' }] }));
  await scene.ready(name, { status: 'True', message: 'all that is stated is in Quay' });
});

test('what Quay cannot change is told, and the organization is in step, also when only the cluster is looked at', async () => {
  scene = await openScene();
  scene.state(name, specOf());
  await scene.ready(name);
  scene.state(name, specOf({ robots: [{ name: 'builder', role: 'write', description: 'builds' }] }));
  const inStep = { status: 'True', reason: 'InStep', message: message('robot/builder (Quay cannot change') };
  await scene.ready(name, inStep);
  scene.asked.splice(0);
  await scene.pass(name);
  await scene.ready(name, inStep);
  scene.sweep(name);
  await scene.pass(name);
  await scene.ready(name, inStep);
  expect(scene.asked).toEqual([]);
});

test('what was found with more than is stated is told alike by looks that read roles and by those that do not', async () => {
  scene = await openScene();
  const quay = scene.quays.get('quay');
  const ask = async (method: string, path: string, body: object): Promise<void> => {
    const headers = { authorization: `Bearer ${quay?.credentials.superuser}`, 'content-type': 'application/json' };
    const answer = await fetch(`${quay?.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    expect(answer.status).toBeLessThan(300);
  };
  await ask('POST', '/organization/', { name: 'openshift_shop', email: 'shop@example.com' });
  await ask('PUT', '/organization/openshift_shop/team/developers', { name: 'developers', role: 'member' });
  const repository = { namespace: 'openshift_shop', repository: 'web', visibility: 'private', description: '' };
  await ask('POST', '/repository', repository);
  await ask('PUT', '/repository/openshift_shop/web/permissions/team/developers', { role: 'admin' });
  scene.adopt('quay');
  const permissions = [{ kind: 'team', name: 'developers', role: 'read' }];
  scene.state(name, specOf({ teams: [{ name: 'developers' }], repositories: [{ name: 'web', permissions }] }));
  const inStep = { status: 'True', reason: 'InStep', message: message('permission/web/team/developers (it was found') };
  await scene.ready(name, inStep);
  scene.asked.splice(0);
  for (let round = 0; round < 7; round += 1) {
    scene.sweep(name);
    await scene.pass(name);
    await scene.ready(name, inStep);
  }
  expect(scene.asked).toEqual([]);
});

test('what was stated while it was ignored is brought in line as soon as it is not', async () => {
  scene = await openScene();
  scene.state(name, specOf());
  await scene.ready(name);
  scene.state(name, specOf({ repositories: [{ name: 'web' }] }), { annotations: { [ignoredAnnotation]: '' } });
  await scene.ready(name, { reason: 'Ignored' });
  const status = scene.status(name);
  scene.put(resourceTypes.quayOrganization, {
    metadata: { name, uid: name, generation: status.observedGeneration },
    spec: specOf({ repositories: [{ name: 'web' }] }),
    status,
  });
  await scene.ready(name, { reason: 'InStep' });
  expect(scene.status(name).inventory).toContain('repository/web');
});
