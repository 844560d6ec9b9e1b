import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { type ClusterSnapshot } from '../../src/api/index.js';
import { type Place } from '../../src/pipeline/publish-documents.js';
import { publishedDocuments, type Stated } from '../../src/pipeline/published-documents.js';
import { cluster, namespace, streams } from '../desired/fixtures.js';
import { git, personCommits, removeTemporary } from '../git/temporary.js';
import { placeFor } from './session.js';

afterAll(removeTemporary);

const folder = 'clusters/openshift';
const broken = `${folder}/organizations/foo.yaml`;
const snapshot = (...names: readonly string[]) =>
  cluster(
    names.map((name) => namespace(name)),
    streams('foo/web', 'bar/web'),
  );

let at: (snapshot: ClusterSnapshot) => Place;
const publish = (snapshot: ClusterSnapshot) => publishedDocuments(at(snapshot), false);
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
const names = ({ documents }: Stated) => documents.map(({ spec }) => spec.namespace);
const told = expect.objectContaining({ source: broken, path: 'spec.colour', line: expect.any(Number) });

beforeEach(async () => {
  at = await placeFor();
  await publish(snapshot('foo', 'bar'));
});

test('a slip in a document of ours that is left alone is told, and holds no other document back', async () => {
  await person(async (clone) => {
    await slip(clone);
    await writeFile(join(clone, folder, 'ignore.yaml'), 'namespaces: [foo]\n');
  });
  for (const round of ['first', 'second']) {
    const stated = await publish(snapshot('foo', 'bar', 'new'));
    expect(stated).toMatchObject({ problems: [told], complete: false });
    expect(names(stated)).toEqual(['bar', 'new']);
    expect(await contentOf(broken)).toContain('colour: blue');
    expect(stated.published?.git.pushed).toBe(round === 'first');
  }
});

test.each([
  ['image streams', { imageStreams: { known: false, reason: 'unread' } }, ['bar', 'new']],
  ['namespaces', { namespaces: { known: false, reason: 'unread' } }, ['bar']],
] as const)('while %s are unknown, it stays as it is', async (_, unknown, others) => {
  await person(slip);
  const stated = await publish({ ...snapshot('foo', 'bar', 'new'), ...unknown });
  expect(stated).toMatchObject({ problems: [told], complete: false });
  expect(names(stated)).toEqual(others);
  expect(await contentOf(broken)).toContain('colour: blue');
});

test('where all is known it is written anew', async () => {
  await person(slip);
  const stated = await publish(snapshot('foo', 'bar'));
  expect(stated).toMatchObject({ problems: [], complete: true });
  expect(names(stated)).toEqual(['bar', 'foo']);
  expect(await contentOf(broken)).not.toContain('colour');
});

test('a document of ours with a slip beside its labels is not deleted while it is left alone', async () => {
  await person(async (clone) => {
    await slip(clone);
    const text = await readFile(join(clone, broken), 'utf8');
    await writeFile(join(clone, broken), text.replace('\n  labels:\n', '\n  labels:\n    team: blue\n'));
    await writeFile(join(clone, folder, 'ignore.yaml'), 'namespaces: [foo]\n');
  });
  const stated = await publish(snapshot('foo', 'bar'));
  expect(stated).toMatchObject({ problems: [told], complete: false, published: { git: { removed: [] } } });
});

test('one that a person took back with a slip of its own is told as well', async () => {
  await person(slip);
  await publish(snapshot('foo', 'bar'));
  await person((clone) => git(clone, 'revert', '--no-commit', 'HEAD'));
  const stated = await publish(snapshot('foo', 'bar', 'new'));
  expect(stated).toMatchObject({ complete: false, problems: expect.arrayContaining([told]) });
  expect(names(stated)).toEqual(['bar', 'new']);
});

test('one whose namespace is gone goes with it', async () => {
  await person(slip);
  const stated = await publish(snapshot('bar'));
  expect(stated).toMatchObject({ problems: [], complete: true, published: { git: { removed: [broken] } } });
});
