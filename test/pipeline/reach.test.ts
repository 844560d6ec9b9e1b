import { expect, test } from '@jest/globals';
import { clusterId, statePaths } from '../../src/names/index.js';
import { reachOf } from '../../src/pipeline/reach.js';

const paths = statePaths(clusterId('openshift'), '');
const file = (path: string) => ({ path, mode: '100644', id: '0'.repeat(40) });
const there = new Set([paths.overlays, paths.organizations]);
const reach = (path: string) => reachOf(file(path), { paths, isThere: (one) => there.has(one) });

test.each([
  ['a folder of its name', `${paths.overlays}/shop/overlay.yaml`],
  ['a folder of its name with other files', `${paths.overlays}/shop/kustomization.yaml`],
  ['one folder too high, beside the right one', 'clusters/overlays/shop.yaml'],
  ['a space before the ending', `${paths.overlays}/shop .yaml`],
  ['another ending', `${paths.overlays}/shop.yml`],
])('R1: an overlay with %s may be that of the namespace', (_, path) => {
  expect(reach(path)?.names).toContain('shop');
});

test.each([`${paths.ignore}/notes.md`, `${paths.cluster}/ignore`, `${paths.cluster}/ignore.yam`])(
  'R1: %s may be the list of what to ignore',
  (path) => {
    expect(reach(path)?.ignore).toBe(true);
  },
);

test('R1: notes in the folder of a cluster mean nothing', () => {
  for (const name of ['README.md', 'OWNERS', '.gitkeep']) expect(reach(`${paths.cluster}/${name}`)).toBeUndefined();
});

test('R1: the folder of another cluster means nothing here', () => {
  const other = (one: string): boolean => there.has(one) || one === 'clusters/prod/cluster.yaml';
  const entry = file('clusters/prod/overlays/shop.yaml');
  expect(reachOf(entry, { paths, isThere: other })).toBeUndefined();
});
