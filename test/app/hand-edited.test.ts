import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { type ClusterSnapshot } from '../../src/api/index.js';
import { type Session } from '../../src/pipeline/session.js';
import { declaredDocuments, type Declared } from '../../src/pipeline/organization-pass.js';
import { cluster, namespace, streams } from '../fixtures/snapshot.js';
import { git, personCommits, removeTemporary } from '../support/temporary.js';
import { sessionFor } from './session.js';

afterAll(removeTemporary);

const folder = 'clusters/openshift';
const broken = `${folder}/organizations/foo.yaml`;
const snapshot = (...names: readonly string[]) =>
  cluster(
    names.map((name) => namespace(name)),
    streams('foo/web', 'bar/web'),
  );

let at: (snapshot: ClusterSnapshot) => Session;
const publish = (snapshot: ClusterSnapshot) => declaredDocuments(at(snapshot), false);
const person = (work: (clone: string) => Promise<unknown>) =>
  personCommits(at(snapshot()).repository.description, async (clone) => void (await work(clone)));
const slip = async (clone: string) => {
  const text = await readFile(join(clone, broken), 'utf8');
  await writeFile(join(clone, broken), text.replace('\nspec:\n', '\nspec:\n  colour: blue\n'));
};
const contentOf = async (path: string) => {
  const head = await at(snapshot()).repository.head();
  return (await head?.read([path]))?.get(path);
};
const names = ({ documents }: Declared) => documents.map(({ spec }) => spec.namespace);
const told = expect.objectContaining({ source: broken, path: 'spec.colour', line: expect.any(Number) });

beforeEach(async () => {
  at = await sessionFor();
  await publish(snapshot('foo', 'bar'));
});

test('a typo in a rendered document that is preserved is reported, and other documents go on', async () => {
  await person(async (clone) => {
    await slip(clone);
    await writeFile(join(clone, folder, 'ignore.yaml'), 'namespaces: [foo]\n');
  });
  for (const round of ['first', 'second']) {
    const declared = await publish(snapshot('foo', 'bar', 'new'));
    expect(declared).toMatchObject({ problems: [told], complete: false });
    expect(names(declared)).toEqual(['bar', 'new']);
    expect(await contentOf(broken)).toContain('colour: blue');
    expect(declared.pass?.git.pushed).toBe(round === 'first');
  }
});

test.each([
  ['image streams', { imageStreams: { known: false, reason: 'unread' } }, ['bar', 'new']],
  ['namespaces', { namespaces: { known: false, reason: 'unread' } }, ['bar']],
] as const)('while %s are unknown, a hand-edited document stays as it is', async (_, unknown, others) => {
  await person(slip);
  const declared = await publish({ ...snapshot('foo', 'bar', 'new'), ...unknown });
  expect(declared).toMatchObject({ problems: [told], complete: false });
  expect(names(declared)).toEqual(others);
  expect(await contentOf(broken)).toContain('colour: blue');
});

test('a hand-edited document is rendered again once all inputs are known', async () => {
  await person(slip);
  const declared = await publish(snapshot('foo', 'bar'));
  expect(declared).toMatchObject({ problems: [], complete: true });
  expect(names(declared)).toEqual(['bar', 'foo']);
  expect(await contentOf(broken)).not.toContain('colour');
});

test('a rendered document with a typo beside its labels is not deleted while it is preserved', async () => {
  await person(async (clone) => {
    await slip(clone);
    const text = await readFile(join(clone, broken), 'utf8');
    await writeFile(join(clone, broken), text.replace('\n  labels:\n', '\n  labels:\n    team: blue\n'));
    await writeFile(join(clone, folder, 'ignore.yaml'), 'namespaces: [foo]\n');
  });
  const declared = await publish(snapshot('foo', 'bar'));
  expect(declared).toMatchObject({ problems: [told], complete: false, pass: { git: { removed: [] } } });
});

test('a reverted document with a typo is reported as well', async () => {
  await person(slip);
  await publish(snapshot('foo', 'bar'));
  await person((clone) => git(clone, 'revert', '--no-commit', 'HEAD'));
  const declared = await publish(snapshot('foo', 'bar', 'new'));
  expect(declared).toMatchObject({ complete: false, problems: expect.arrayContaining([told]) });
  expect(names(declared)).toEqual(['bar', 'new']);
});

test('a hand-edited document is removed with its namespace', async () => {
  await person(slip);
  const declared = await publish(snapshot('bar'));
  expect(declared).toMatchObject({ problems: [], complete: true, pass: { git: { removed: [broken] } } });
});
