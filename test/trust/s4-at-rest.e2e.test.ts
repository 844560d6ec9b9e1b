import { afterEach, expect, test } from '@jest/globals';
import { Fixture, project } from '../support/quayside.js';

let fixture: Fixture;
afterEach(async () => fixture.close());

test('S4 a run of apply at rest writes nothing, and makes no call for a signature', async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), project('web'));
  expect(await fixture.run('apply', ...fixture.inputArguments)).toMatchObject({ code: 0 });
  fixture.quay.requests.reset();
  expect(await fixture.run('apply', ...fixture.inputArguments)).toMatchObject({ code: 0 });
  const { writes, byRoute } = fixture.quay.requests.counts();
  expect(writes).toBe(0);
  // Once a run: whose token it is, and by two questions about his own account whether it has the scopes.
  const [organizations, scopes] = [2, 1];
  expect(byRoute).toEqual({
    'GET /api/v1/user/': 1,
    'GET /api/v1/repository/{repository}/permissions/user/': scopes,
    'GET /api/v1/organization/{org}/prototypes': organizations + scopes,
    'GET /api/v1/organization/{org}': organizations,
    'GET /api/v1/organization/{org}/robots': organizations,
    'GET /api/v1/repository': organizations,
  });
});
