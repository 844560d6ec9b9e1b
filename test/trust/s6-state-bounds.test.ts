import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Head, openRepository, type StateRepository } from '../../src/git/index.js';
import { overlayFaults } from '../../src/desired/index.js';
import { InvalidInput } from '../../src/errors/index.js';
import { limits } from '../../src/limits/index.js';
import { clusterId, statePaths } from '../../src/names/index.js';
import { readStateFiles, type StateFiles } from '../../src/pipeline/read-state-files.js';
import { compare } from '../../src/publish/compare.js';
import { parseYaml } from '../../src/state/index.js';
import { author, bareRepository, message, removeTemporary, temporaryFolder, writes } from '../support/temporary.js';
import { graft, treeBomb } from '../fixtures/tree-bomb.js';
import { bareState, type BareState, type Tree } from '../field/state.js';

const paths = statePaths(clusterId('openshift'), 'registry');
const file = (id: string): { mode: string; id: string } => ({ mode: '100644', id });

let bare: string;
let repository: StateRepository;
let state: BareState;
let whole: Tree;

beforeAll(async () => {
  bare = await bareRepository();
  repository = await openRepository({ url: bare, cacheFolder: await temporaryFolder() });
  const files = {
    [paths.identity]: 'uid: a\n',
    [paths.overlay('shop')]: 'spec: {email: a@example.com}\n',
    [paths.organization('web')]: person('web'),
    'src/main.c': 'int main;\n',
  };
  const commit = await repository.commit(undefined, writes(files), message('Begin'), author);
  await repository.push(commit, undefined);
  state = bareState(bare);
  whole = state.tree();
});
afterAll(removeTemporary);

/** A document that somebody wrote, with about so many bytes of teams. */
function person(name: string, bytes = 0): string {
  const teams = Array.from({ length: bytes / 200 }, (_, at) =>
    `    - {name: t${at}, role: member} #`.padEnd(199, ' ').concat('\n'),
  ).join('');
  return `apiVersion: quayside.dev/v1alpha1
kind: QuayOrganization
metadata: {name: ${name}}
spec:
  integration: quay
  name: ${name}
  teams:
${teams || '    []\n'}`;
}

/** The head with some files more, or with a tree at a path. */
async function headWith(files: Tree, grafted?: { readonly path: string; readonly tree: string }): Promise<Head> {
  const made = state.commit(new Map([...whole, ...files]));
  if (grafted !== undefined)
    execFileSync('git', ['update-ref', 'refs/heads/main', graft(bare, made, grafted)], { cwd: bare });
  const head = await repository.head();
  state.reset();
  if (head === undefined) throw new Error('no head');
  return head;
}

const there = new Set(['shop', 'web']);
const read = (head: Head): Promise<StateFiles> =>
  readStateFiles(head, paths, { isThere: (namespace) => there.has(namespace) });
const difference = (head: Head) =>
  compare(head, {
    folder: `${paths.cluster}/`,
    files: new Map([[paths.organization('shop'), 'a: b\n']]),
    mayRewrite: () => false,
    mayDelete: () => false,
  });

describe('S6: trees that hold one another, of 36 KiB,', () => {
  test.each(['vendor', 'registry/other', 'registry/clusters/elsewhere'])(
    'outside the folder of the cluster are not even listed: %s',
    async (path) => {
      const head = await headWith(new Map(), { path, tree: treeBomb(bare, 8) });
      const files = await read(head);
      expect([[...files.overlays.keys()], [...files.documents.keys()], files.problems]).toEqual([
        ['shop'],
        [paths.organization('web')],
        [],
      ]);
      const { change } = await difference(head);
      expect([...change.writes.keys()]).toEqual([paths.organization('shop')]);
      await repository.commit(head, change, message('Go on'), author);
    },
  );

  test.each([
    `${paths.overlays}/deep`,
    `${paths.organizations}/deep`,
    `${paths.cluster}/docs`,
    'registry/clusters/overlays',
  ])('inside it are a fault in the repository, and nobody runs out of memory: %s', async (path) => {
    const head = await headWith(new Map(), { path, tree: treeBomb(bare, 8) });
    await expect(read(head)).rejects.toMatchObject({
      code: 'StateInvalid',
      message: expect.stringMatching(/registry\/clusters\/.*more than 50000 files/),
    });
    // And it is the repository that is at fault, not the reader.
    expect((await read(await headWith(new Map()))).problems).toEqual([]);
  });
});

describe('S6: files', () => {
  test('for namespaces that do not exist are not read: eight overlays of 1 MiB', async () => {
    const large = state.blob(`spec: {teams: [${'{name: a}, '.repeat(95_000)}]}\n`);
    const named = Array.from({ length: 8 }, (_, at) => [paths.overlay(`nobody-${at}`), file(large)] as const);
    const files = await read(await headWith(new Map(named)));
    expect(files.problems).toHaveLength(8);
    expect(files.problems[0]).toMatchObject({ message: expect.stringContaining('at most 65536 are read') });
    expect([...files.unknown.namespaces.keys(), ...files.unread]).toEqual([]);
    expect(files.overlays.get('shop')?.value).toEqual({ spec: { email: 'a@example.com' } });
  });

  test('of at most 64 KiB are overlays, and one of a byte more holds its namespace', async () => {
    const overlay = (bytes: number): string => 'spec: {}\n'.padEnd(bytes, '#');
    const [fits, not] = [limits.personalFileBytes, limits.personalFileBytes + 1].map((bytes) =>
      file(state.blob(overlay(bytes))),
    );
    const at = async (entry = file('')): Promise<StateFiles> =>
      read(await headWith(new Map([[paths.overlay('web'), entry]])));
    expect((await at(fits)).overlays.get('web')?.value).toEqual({ spec: {} });
    const { unknown, problems } = await at(not);
    expect([[...unknown.namespaces.keys()], problems.map(({ source }) => source)]).toEqual([
      ['web'],
      [paths.overlay('web')],
    ]);
  });

  test('that are too many bytes together are a fault in the repository', async () => {
    const each = 250 * 1024;
    const amount = Math.ceil(limits.folderBytes / each) + 1;
    const many = Array.from(
      { length: amount },
      (_, at) => [paths.organization(`team-${at}`), file(state.blob(person(`team-${at}`).padEnd(each, '#')))] as const,
    );
    await expect(read(await headWith(new Map(many)))).rejects.toMatchObject({
      code: 'StateInvalid',
      message: expect.stringMatching(/bytes together; at most 33554432 are read .*the largest is registry\/clusters\//),
    });
  });

  test.each<[string, (name: string) => string]>([
    ['people wrote', (name) => person(name, 200_000)],
    [
      'look like those of Quayside',
      (name) =>
        person(name, 200_000).replace(
          `metadata: {name: ${name}}`,
          `metadata:\n  name: ${name}\n  labels:\n    app.kubernetes.io/managed-by: quayside\n    quayside.dev/integration: quay`,
        ),
    ],
  ])('that %s are parsed while other work goes on', async (_, text) => {
    const amount = 10;
    const many = Array.from(
      { length: amount },
      (_, at) => [paths.organization(`team-${at}`), file(state.blob(text(`team-${at}`)))] as const,
    );
    const head = await headWith(new Map(many));
    await head.readBytes(many.map(([path]) => path));
    let [turns, isOver] = [0, false];
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const files = await read(head);
    isOver = true;
    expect(files.documents.size).toBe(amount + 1);
    expect(turns).toBeGreaterThanOrEqual(amount);
    for (const { organization } of files.documents.values()) expect(organization.spec.integration).toBe('quay');
  });
});

describe('S6: a file that is wrong in thousands of places', () => {
  const amount = 4_900;
  const wrong = `[${Array.from({ length: amount }, (_, at) => `{nam: x${at.toString(36)}}`).join()}]`;

  test('S6: is parsed once to say where they are', () => {
    const file = parseYaml(`spec: {repositories: ${wrong}}\n`, 'overlays/shop.yaml');
    const places = Array.from({ length: amount }, (_, at) => file.locate(`spec.repositories[${at}].nam`));
    expect(new Set(places.map(({ column }) => column)).size).toBe(amount);
    // Each takes as long as a frame of a film where the file is parsed for it.
  }, 60_000);

  test.each([
    [paths.overlay('shop'), `spec: {repositories: ${wrong}}\n`],
    [paths.organization('web'), person('web').replace('  teams:\n    []\n', `  repositories: ${wrong}\n`)],
    [paths.ignore, `organizations: [${'1,'.repeat(amount)}1]\n`],
  ])('S6: is told of with the first of them: %s', async (path, text) => {
    const files = await read(await headWith(new Map([[path, file(state.blob(text))]]))).catch(
      (error: unknown) => error,
    );
    const derivation = { source: path, id: clusterId('openshift') };
    const problems =
      files instanceof InvalidInput
        ? files.problems
        : [
            ...(files as StateFiles).problems,
            ...overlayFaults((files as StateFiles).overlays.get('shop')?.value, derivation),
          ];
    expect(problems.filter(({ source }) => source === path)).toHaveLength(limits.yamlFaults + 1);
    expect(problems.at(-1)?.message).toMatch(/^and \d+ more faults$/);
  });
});

describe('S6: a file that is short, and takes the memory of the operator to be parsed,', () => {
  test.each([
    ['maps in a line', `a: [${'{},'.repeat(limits.stateFileCost)}]\n`],
    ['an entry a line', `a:\n${'- b\n'.repeat(limits.stateFileCost / 2)}`],
    ['fields without values', `${'? a\n'.repeat(limits.stateFileCost / 2)}a: b\n`],
    ['lines without anything', `a: b\n${'#\n'.repeat(limits.stateFileCost)}`],
  ])('S6: is not parsed: %s', async (_, text) => {
    const path = paths.organization('costly');
    const { problems } = await read(await headWith(new Map([[path, file(state.blob(text))]])));
    expect(problems).toEqual([
      expect.objectContaining({ source: path, message: expect.stringMatching(/more than 100000 fields, entries/) }),
    ]);
  });
});
