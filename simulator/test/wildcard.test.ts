import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addToIndex, createWildcardIndex, matching, removeFromIndex } from '../src/state/wildcard.js';
import { createOrganization, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();

const names = fc.uniqueArray(fc.stringMatching(/^[ab_-]{1,5}$/), { maxLength: 20 });

function fits(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replaceAll('_', '.')}$`).test(name);
}

test('finds exactly what LIKE finds, whenever names come and go', async () => {
  const simulator = await start();
  const anyone = simulator.snapshot().namespaces.get('admin');
  if (!anyone) throw new Error('no admin');
  fc.assert(
    fc.property(names, names, fc.array(fc.stringMatching(/^[ab_-]{1,5}$/), { maxLength: 8 }), (early, late, asked) => {
      const index = createWildcardIndex();
      const filed = (name: string): typeof anyone => ({ ...anyone, name });
      const entries = early.map(filed);
      for (const entry of entries) addToIndex(index, entry);
      for (const pattern of asked) matching(index, pattern);
      const gone = entries.slice(0, entries.length / 2);
      for (const entry of gone) removeFromIndex(index, entry);
      const added = late.map(filed);
      for (const entry of added) addToIndex(index, entry);
      const present = [...entries.slice(gone.length), ...added].map(({ name }) => name);
      for (const pattern of asked) {
        const found = [...matching(index, pattern)].map(({ name }) => name);
        expect(found.sort()).toEqual(present.filter((name) => fits(pattern, name)).sort());
      }
    }),
  );
});

test('an underscore lists and deletes robots of organizations that look alike, and of no others', async () => {
  const simulator = await start();
  for (const name of ['a_b', 'a-b', 'a.b', 'axxb', 'a1b']) {
    await createOrganization(simulator, name);
    await send(simulator, `PUT /api/v1/organization/${name}/robots/rr`, {});
  }
  const robots = async (organization: string): Promise<unknown[]> => {
    const { body } = await send(simulator, `GET /api/v1/organization/${organization}/robots`);
    return (body as { robots: { name: string }[] }).robots.map(({ name }) => name).sort();
  };
  expect(await robots('a_b')).toEqual(['a-b+rr', 'a.b+rr', 'a1b+rr', 'a_b+rr']);
  expect(await robots('a-b')).toEqual(['a-b+rr']);
  await send(simulator, 'DELETE /api/v1/organization/a_b');
  expect(await robots('a-b')).toEqual([]);
  expect(await robots('axxb')).toEqual(['axxb+rr']);
});

test('a renamed organization is found under its new name only', async () => {
  const simulator = await start();
  await createOrganization(simulator, 'a_b');
  await createOrganization(simulator, 'a-b');
  await send(simulator, 'PUT /api/v1/organization/a-b/robots/rr', {});
  const list = async (): Promise<unknown> => (await send(simulator, 'GET /api/v1/organization/a_b/robots')).body;
  expect(await list()).toMatchObject({ robots: [{ name: 'a-b+rr' }] });
  await send(simulator, 'PUT /api/v1/superuser/organizations/a-b', { name: 'other' });
  expect(await list()).toEqual({ robots: [] });
  await send(simulator, 'PUT /api/v1/superuser/organizations/other', { name: 'a.b' });
  expect(await list()).toMatchObject({ robots: [{ name: 'a.b+rr' }] });
});
