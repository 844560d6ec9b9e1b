import { afterAll, expect, test } from '@jest/globals';
import { TerminalError } from '../../../src/errors/index.js';
import { type Fields, objectOrEmpty } from '../../../src/json/index.js';
import { git, removeTemporary } from '../../support/temporary.js';
import { gitPass, type GitPass, type GitPassOptions } from './git-pass.js';

afterAll(removeTemporary);

test('a commit that arrives during a reconciliation is not taken for one that was applied', async () => {
  const before: string[] = [];
  const way = await gitPass({
    namespaces: ['shop'],
    afterPush: async () => {
      before.push((await way.repository.head())?.commit ?? '');
      await way.write('overlays/shop.yaml', 'spec: {teams: [{name: late}]}\n');
    },
  });
  const { head } = await way.applyState();
  expect(before).toEqual([head?.commit]);
  expect(way.reported()).toMatchObject({ published: before[0], applied: before[0] });
  expect(head?.commit).not.toBe((await way.repository.head())?.commit);
});

test('a diverged history removes nothing, and still adds', async () => {
  const way = await gitPass({ namespaces: ['shop', 'ignored'] });
  await way.applyState();
  const before = await way.repository.head();
  const repositories = '[{name: web, permissions: [{kind: user, name: ann, role: read}]}]';
  await way.write('overlays/shop.yaml', `spec: {teams: [{name: ops}], repositories: ${repositories}}\n`);
  await way.write('ignore.yaml', 'namespaces: [ignored]\n');
  await way.applyState();
  const wide = objectOrEmpty(way.objects.get('openshift.shop')?.spec);
  expect(wide).toMatchObject({ teams: [{ name: 'ops' }], repositories: [{ permissions: [{ name: 'ann' }] }] });
  expect(isMarked(way, 'ignored')).toBe(true);

  await git(way.repository.description, 'update-ref', 'refs/heads/main', before?.commit ?? '');
  await way.write('overlays/shop.yaml', 'spec: {repositories: [{name: web}, {name: api}]}\n');
  const { meant } = await way.applyState();
  expect(way.reported().diverged).toContain('is not in its history');
  const grown = {
    ...wide,
    repositories: [expect.objectContaining({ name: 'api' }), ...(wide.repositories as object[])],
  };
  expect(way.objects.get('openshift.shop')?.spec).toEqual(grown);
  expect(isMarked(way, 'ignored')).toBe(true);
  // Who has an external sync goes by the status.
  expect(way.reported().ignored).toEqual({ namespaces: ['ignored'], organizations: [] });
  // What is repaired is what was applied.
  expect(meant.get('QuayOrganization.quayside.dev//openshift.shop')?.spec).toEqual(grown);
  way.writes.splice(0);
  await way.applyState();
  expect(way.writes).toEqual([]);

  way.annotate({ 'quayside.dev/accept-history': 'true' });
  await way.applyState();
  expect(objectOrEmpty(way.objects.get('openshift.shop')?.spec)).toMatchObject({
    teams: [],
    repositories: [{ name: 'api' }, { name: 'web' }],
  });
  expect(isMarked(way, 'ignored')).toBe(false);
  expect(way.reported().ignored).toBeUndefined();
});

test('a push that is refused applies what the branch holds, and not what was rendered', async () => {
  let denied: TerminalError | undefined;
  const way = await gitPass({ namespaces: ['shop'], denyPush: () => denied });
  await way.applyState();
  const person = 'apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: {name: tools}\n';
  await way.write('organizations/tools.yaml', `${person}spec: {integration: quay, name: tools}\n`);
  const commit = await way.write('overlays/shop.yaml', 'spec: {teams: [{name: ops}]}\n');
  denied = new TerminalError('PushDenied', 'the branch is protected');
  await expect(way.applyState()).rejects.toBe(denied);
  expect(objectOrEmpty(way.objects.get('tools')?.spec)).toMatchObject({ name: 'tools' });
  expect(objectOrEmpty(way.objects.get('openshift.shop')?.spec)).toMatchObject({ teams: [] });
  expect(way.reported()).toMatchObject({ applied: commit });
  denied = undefined;
  await way.applyState();
  expect(objectOrEmpty(way.objects.get('openshift.shop')?.spec)).toMatchObject({ teams: [{ name: 'ops' }] });
});

test('a document that was copied with the annotation of an ignored object is written once, and without it', async () => {
  const way = await gitPass({ namespaces: [] });
  const metadata = '{name: tools, annotations: {quayside.dev/ignored: "true", note: kept}}';
  const head = `apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: ${metadata}\n`;
  await way.write('organizations/tools.yaml', `${head}spec: {integration: quay, name: tools}\n`);
  await way.applyState();
  expect(objectOrEmpty(way.objects.get('tools')?.metadata).annotations).toEqual({ note: 'kept' });
  way.writes.splice(0);
  await way.applyState();
  expect(way.writes).toEqual([]);
});

test('a label and an annotation that an overlay no longer declares are removed from the object', async () => {
  const way = await gitPass({ namespaces: ['shop'] });
  const metadata = (): Fields => objectOrEmpty(way.objects.get('openshift.shop')?.metadata);
  await way.write('overlays/shop.yaml', 'metadata: {labels: {team: a}, annotations: {note: b}}\n');
  await way.applyState();
  expect(metadata()).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'b' } });
  await way.write('overlays/shop.yaml', 'metadata: {labels: {tier: c}}\n');
  await way.applyState();
  await way.write('overlays/shop.yaml', '# nothing any more\n');
  await way.applyState();
  expect(Object.keys(objectOrEmpty(metadata().labels))).toHaveLength(4);
  expect(metadata().annotations).toEqual({});
  way.writes.splice(0);
  await way.applyState();
  expect(way.writes).toEqual([]);
});

test('an object that the API server refuses is reported, and stops nothing else', async () => {
  const way = await gitPass({ namespaces: ['bad', 'ignored', 'shop'], refuse: answering(422) });
  await way.applyState();
  await way.write('ignore.yaml', 'namespaces: [ignored]\n');
  const { refused } = await way.applyState();
  expect([...way.objects.keys()].sort()).toEqual(['openshift.ignored', 'openshift.shop']);
  expect(isMarked(way, 'ignored')).toBe(true);
  expect(refused).toHaveLength(1);
  expect(way.reported()).toMatchObject({
    gitSync: undefined,
    reconciled: true,
    problems: [expect.stringMatching(/QuayOrganization openshift\.bad: .*422, it is not wanted/)],
    applied: (await way.repository.head())?.commit,
  });
});

test.each([
  [503, 'ClusterUnavailable'],
  [403, 'ClusterAccessForbidden'],
])('an error that no document causes (%d) fails the reconciliation when all else is done', async (status, code) => {
  const way = await gitPass({ namespaces: ['bad', 'ignored', 'shop'], refuse: answering(status) });
  await expect(way.applyState()).rejects.toMatchObject({ code });
  await way.write('ignore.yaml', 'namespaces: [ignored]\n');
  await expect(way.applyState()).rejects.toMatchObject({ code });
  expect([...way.objects.keys()].sort()).toEqual(['openshift.ignored', 'openshift.shop']);
  expect(isMarked(way, 'ignored')).toBe(true);
  expect(way.reported()).toMatchObject({ problems: [] });
  expect(way.reported().applied).toBeUndefined();
});

const said: Readonly<Record<number, string>> = {
  403: 'quayorganizations.quayside.dev "openshift.bad" is forbidden: User "dev" cannot patch resource "quayorganizations"',
  422: 'it is not wanted',
};

/** Answers so to one of the objects. */
function answering(status: number): GitPassOptions['refuse'] {
  return ({ metadata }) =>
    objectOrEmpty(metadata).name === 'openshift.bad'
      ? { status, body: { kind: 'Status', message: said[status] } }
      : undefined;
}

function isMarked({ objects }: GitPass, namespace: string): boolean {
  const { annotations } = objectOrEmpty(objects.get(`openshift.${namespace}`)?.metadata);
  return 'quayside.dev/ignored' in objectOrEmpty(annotations);
}

test('a pass that is cut short, since the operator stops, reports nothing as applied', async () => {
  const stopping = new AbortController();
  const pass = await gitPass({
    namespaces: ['shop', 'team'],
    signal: stopping.signal,
    afterPush: () => Promise.resolve(stopping.abort()),
  });
  await pass.applyState();
  expect([...pass.objects.keys()]).toEqual([]);
  expect(pass.reported().applied).toBeUndefined();
});
