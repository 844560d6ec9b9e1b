import { afterEach, expect, test } from '@jest/globals';
import { ignoredAnnotation } from '../../../src/api/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { openFixture, type Fixture, specOf } from './fixture.js';

const name = 'openshift.shop';
const owners = { name: 'owners', role: 'member' };
const message = (text: string): unknown => expect.stringContaining(text);

let fixture: Fixture;
afterEach(async () => fixture.close());

test.each([
  ['a quota where Quay offers none', { quota: { size: '10Gi' } }, 'FeatureDisabled', 'quota ('],
  ['a team that keeps less than Quay gives it', { teams: [owners] }, 'NameReserved', 'team/owners ('],
])('%s keeps an organization from being synced, and all else is done', async (_, more, reason, text) => {
  fixture = await openFixture(['quay'], { features: { QUOTA_MANAGEMENT: false } });
  fixture.state(name, specOf({ repositories: [{ name: 'web' }], ...more }));
  await fixture.ready(name, { status: 'False', reason, message: message(text) });
  expect(fixture.status(name).conditions).toContainEqual(expect.objectContaining({ type: 'Stalled', reason }));
  expect(fixture.status(name).inventory).toContain('repository/web');
  // It stays like that until somebody changes something.
  fixture.quays.get('quay')?.requests.reset();
  fixture.resync(name);
  await fixture.pass(name);
  await fixture.ready(name, { reason });
  expect(fixture.quays.get('quay')?.requests.writes()).toEqual([]);
  fixture.state(name, specOf({ repositories: [{ name: 'web' }] }));
  await fixture.ready(name, { status: 'True', message: 'Quay matches the spec' });
});

test('what Quay cannot change is reported, and the organization is synced, also when only the cluster is read', async () => {
  fixture = await openFixture();
  fixture.state(name, specOf());
  await fixture.ready(name);
  fixture.state(name, specOf({ robots: [{ name: 'builder', role: 'write', description: 'builds' }] }));
  const synced = { status: 'True', reason: 'Synced', message: message('robot/builder (Quay cannot change') };
  await fixture.ready(name, synced);
  fixture.asked.splice(0);
  await fixture.pass(name);
  await fixture.ready(name, synced);
  fixture.resync(name);
  await fixture.pass(name);
  await fixture.ready(name, synced);
  expect(fixture.asked).toEqual([]);
});

test('what was found with more than declared is reported alike with and without roles', async () => {
  fixture = await openFixture();
  const quay = fixture.quays.get('quay');
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
  fixture.adopt('quay');
  const permissions = [{ kind: 'team', name: 'developers', role: 'read' }];
  fixture.state(name, specOf({ teams: [{ name: 'developers' }], repositories: [{ name: 'web', permissions }] }));
  const synced = {
    status: 'True',
    reason: 'Synced',
    message: message('permission/web/team/developers (it allowed more than declared'),
  };
  await fixture.ready(name, synced);
  fixture.asked.splice(0);
  for (let round = 0; round < 7; round += 1) {
    fixture.resync(name);
    await fixture.pass(name);
    await fixture.ready(name, synced);
  }
  expect(fixture.asked).toEqual([]);
});

test('what was declared while it was ignored is applied as soon as it is not', async () => {
  fixture = await openFixture();
  fixture.state(name, specOf());
  await fixture.ready(name);
  fixture.state(name, specOf({ repositories: [{ name: 'web' }] }), { annotations: { [ignoredAnnotation]: '' } });
  await fixture.ready(name, { reason: 'Ignored' });
  const status = fixture.status(name);
  fixture.put(resourceTypes.quayOrganization, {
    metadata: { name, uid: name, generation: status.observedGeneration },
    spec: specOf({ repositories: [{ name: 'web' }] }),
    status,
  });
  await fixture.ready(name, { reason: 'Synced' });
  expect(fixture.status(name).inventory).toContain('repository/web');
});
