import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Fixture, project } from '../support/quayside.js';
import { askAs, withPeople } from './people.js';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.open(withPeople);
});
afterAll(() => fixture.close());

/** A project with the predecessor's finalizer, and an organization with its robots and default permissions. */
async function predecessorWasHere(name: string, credential: string): Promise<object> {
  const organization = `openshift_${name}`;
  const ask = (method: string, path: string, body: object) => askAs(fixture.quay, credential, method, path, body);
  await ask('POST', '/organization/', { name: organization });
  for (const robot of ['builder', 'default', 'deployer']) {
    await ask('PUT', `/organization/${organization}/robots/${robot}`, { description: '' });
    const delegate = { kind: 'user', name: `${organization}+${robot}`, is_robot: true };
    await ask('POST', `/organization/${organization}/prototypes`, { delegate, role: 'read' });
  }
  const { metadata, ...rest } = project(name) as { metadata: object };
  return { ...rest, metadata: { ...metadata, finalizers: ['quay.redhat.com/quayintegrations'] } };
}

test('S3: doctor says beforehand what a takeover will give, and whose token would give more', async () => {
  const own = await predecessorWasHere('own', 'superuser');
  await fixture.cluster(own, project('other'));
  const alone = await fixture.run('doctor', ...fixture.inputArguments);
  expect(alone.stdout).toMatch(/✓ takeover: 1 namespaces show a predecessor.*1 as if Quayside had made them/);
  await fixture.cluster(own, await predecessorWasHere('anns', 'ann'));
  const { stdout } = await fixture.run('doctor', ...fixture.inputArguments);
  expect(stdout).toMatch(/! takeover: 2 namespaces.*1 as if Quayside had made them, 1 only once a person agrees/);
  expect(stdout).toContain('Use the token of the user that the predecessor used');
  expect(fixture.quay.requests.list().some(({ path }) => path.endsWith('/team/quayside'))).toBe(false);
});
