import { afterEach, expect, test } from '@jest/globals';
import { Fixture, project } from '../support/quayside.js';

const scopes = ['repo:admin', 'repo:create', 'user:admin', 'user:read', 'super:user'];
let fixture: Fixture;
afterEach(async () => fixture.close());

test('R26 apply and doctor name the missing org:admin, and no empty organization is left behind', async () => {
  fixture = await Fixture.open({
    fixtures: {
      users: [{ name: 'admin', superuser: true }],
      credentials: { superuser: { owner: 'admin', scopes } },
    },
    features: { SUPERUSERS_FULL_ACCESS: false },
  });
  await fixture.cluster(project('shop'));
  const applied = await fixture.run('apply', ...fixture.inputArguments);
  expect(applied).toMatchObject({ code: 1, stderr: expect.stringContaining('lacks the scope org:admin') });
  const looked = await fixture.run('doctor', ...fixture.inputArguments);
  expect(looked).toMatchObject({ code: 1, stdout: expect.stringContaining('lacks the scope org:admin') });
  expect(fixture.quay.requests.counts().writes).toBe(0);
});
