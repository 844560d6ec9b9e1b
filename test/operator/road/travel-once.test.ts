import { afterAll, expect, test } from '@jest/globals';
import { recordOf } from '../../../src/kube/index.js';
import { git, removeTemporary } from '../../git/temporary.js';
import { oneWay, type OneWay } from './one-way.js';

afterAll(removeTemporary);

test('a commit that comes during a way is not taken for one that was applied', async () => {
  const before: string[] = [];
  const way = await oneWay({
    namespaces: ['shop'],
    afterPush: async () => {
      before.push((await way.repository.head())?.commit ?? '');
      await way.write('overlays/shop.yaml', 'spec: {teams: [{name: late}]}\n');
    },
  });
  const { head } = await way.travel();
  expect(before).toEqual([head?.commit]);
  expect(way.findings()).toMatchObject({ published: before[0], applied: before[0] });
  expect(head?.commit).not.toBe((await way.repository.head())?.commit);
});

test('a history that nobody has agreed to takes nothing away, and still adds', async () => {
  const way = await oneWay({ namespaces: ['shop', 'ignored'] });
  await way.travel();
  const before = await way.repository.head();
  const repositories = '[{name: web, permissions: [{kind: user, name: ann, role: read}]}]';
  await way.write('overlays/shop.yaml', `spec: {teams: [{name: ops}], repositories: ${repositories}}\n`);
  await way.write('ignore.yaml', 'namespaces: [ignored]\n');
  await way.travel();
  const wide = recordOf(way.objects.get('openshift.shop')?.spec);
  expect(wide).toMatchObject({ teams: [{ name: 'ops' }], repositories: [{ permissions: [{ name: 'ann' }] }] });
  expect(isMarked(way, 'ignored')).toBe(true);

  await git(way.repository.description, 'update-ref', 'refs/heads/main', before?.commit ?? '');
  await way.write('overlays/shop.yaml', 'spec: {repositories: [{name: web}, {name: api}]}\n');
  const { documents } = await way.travel();
  expect(way.findings().diverged).toContain('is not in its history');
  const grown = {
    ...wide,
    repositories: [expect.objectContaining({ name: 'api' }), ...(wide.repositories as object[])],
  };
  expect(way.objects.get('openshift.shop')?.spec).toEqual(grown);
  expect(isMarked(way, 'ignored')).toBe(true);
  // Who has an external sync goes by the status.
  expect(way.findings().ignored).toEqual({ namespaces: ['ignored'], organizations: [] });
  // What is repaired is what was applied.
  expect(documents.find(({ spec }) => spec.namespace === 'shop')?.spec).toEqual(grown);
  way.writes.splice(0);
  await way.travel();
  expect(way.writes).toEqual([]);

  way.annotate({ 'quayside.dev/accept-history': 'true' });
  await way.travel();
  expect(recordOf(way.objects.get('openshift.shop')?.spec)).toMatchObject({
    teams: [],
    repositories: [{ name: 'api' }, { name: 'web' }],
  });
  expect(isMarked(way, 'ignored')).toBe(false);
  expect(way.findings().ignored).toBeUndefined();
});

function isMarked({ objects }: OneWay, namespace: string): boolean {
  const { annotations } = recordOf(objects.get(`openshift.${namespace}`)?.metadata);
  return 'quayside.dev/ignored' in recordOf(annotations);
}
