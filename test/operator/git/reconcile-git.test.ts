import { afterAll, expect, test } from '@jest/globals';
import { type Fields, recordOf } from '../../../src/kube/index.js';
import { git, removeTemporary } from '../../git/temporary.js';
import { oneWay, type OneWay, type OneWayOptions } from './git-pass.js';

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

test('a document that was copied with the mark of an ignored object is written once, and without the mark', async () => {
  const way = await oneWay({ namespaces: [] });
  const metadata = '{name: tools, annotations: {quayside.dev/ignored: "true", note: kept}}';
  const head = `apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: ${metadata}\n`;
  await way.write('organizations/tools.yaml', `${head}spec: {integration: quay, name: tools}\n`);
  await way.travel();
  expect(recordOf(way.objects.get('tools')?.metadata).annotations).toEqual({ note: 'kept' });
  way.writes.splice(0);
  await way.travel();
  expect(way.writes).toEqual([]);
});

test('a label and an annotation that an overlay no longer states go from the object', async () => {
  const way = await oneWay({ namespaces: ['shop'] });
  const metadata = (): Fields => recordOf(way.objects.get('openshift.shop')?.metadata);
  await way.write('overlays/shop.yaml', 'metadata: {labels: {team: a}, annotations: {note: b}}\n');
  await way.travel();
  expect(metadata()).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'b' } });
  await way.write('overlays/shop.yaml', 'metadata: {labels: {tier: c}}\n');
  await way.travel();
  await way.write('overlays/shop.yaml', '# nothing any more\n');
  await way.travel();
  expect(Object.keys(recordOf(metadata().labels))).toHaveLength(3);
  expect(metadata().annotations).toEqual({});
  way.writes.splice(0);
  await way.travel();
  expect(way.writes).toEqual([]);
});

test('an object that the API server refuses is told of, and stops nothing else', async () => {
  const way = await oneWay({ namespaces: ['bad', 'ignored', 'shop'], refuse: answering(422) });
  await way.travel();
  await way.write('ignore.yaml', 'namespaces: [ignored]\n');
  const { refused } = await way.travel();
  expect([...way.objects.keys()].sort()).toEqual(['openshift.ignored', 'openshift.shop']);
  expect(isMarked(way, 'ignored')).toBe(true);
  expect(refused).toHaveLength(1);
  expect(way.findings()).toMatchObject({
    road: undefined,
    travelled: true,
    problems: [expect.stringMatching(/QuayOrganization openshift\.bad: .*422, it is not wanted/)],
    applied: (await way.repository.head())?.commit,
  });
});

test.each([
  [503, 'ClusterUnavailable'],
  [403, 'ClusterAccessForbidden'],
])('what no document is the reason of (%d) ends the way when all else is done', async (status, code) => {
  const way = await oneWay({ namespaces: ['bad', 'ignored', 'shop'], refuse: answering(status) });
  await expect(way.travel()).rejects.toMatchObject({ code });
  await way.write('ignore.yaml', 'namespaces: [ignored]\n');
  await expect(way.travel()).rejects.toMatchObject({ code });
  expect([...way.objects.keys()].sort()).toEqual(['openshift.ignored', 'openshift.shop']);
  expect(isMarked(way, 'ignored')).toBe(true);
  expect(way.findings()).toMatchObject({ problems: [] });
  expect(way.findings().applied).toBeUndefined();
});

/** Answers so to one of the objects. */
function answering(status: number): OneWayOptions['refuse'] {
  return ({ metadata }) =>
    recordOf(metadata).name === 'openshift.bad' ? { status, body: { message: 'it is not wanted' } } : undefined;
}

function isMarked({ objects }: OneWay, namespace: string): boolean {
  const { annotations } = recordOf(objects.get(`openshift.${namespace}`)?.metadata);
  return 'quayside.dev/ignored' in recordOf(annotations);
}
