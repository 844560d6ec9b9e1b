import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Target } from './target.js';
import { targets } from './targets/index.js';

const folder = join(import.meta.dirname, 'cases');
const opened = new Map<string, Promise<Target>>();
const open = (name: string): Promise<Target> => {
  const found = opened.get(name) ?? targets[name]?.();
  if (found === undefined) throw new Error(`there is no target ${name}`);
  opened.set(name, found);
  return found;
};
afterAll(async () => {
  for (const target of opened.values()) await (await target).close?.();
});

test.each(Object.keys(targets))('%s takes the inputs that everything else is made of', async (name) => {
  const { seeds, feed } = await open(name);
  expect(seeds.length).toBeGreaterThan(0);
  for (const seed of seeds.slice(0, 20)) await feed(Buffer.from(seed, 'utf8'));
});

// Each was found by `npm run fuzz`, and is called after its target.
test.each(readdirSync(folder).filter((name) => name.endsWith('.bin')))('%s does no harm any more', async (name) => {
  const { feed } = await open(name.slice(0, name.indexOf('-')));
  await feed(readFileSync(join(folder, name)));
});
