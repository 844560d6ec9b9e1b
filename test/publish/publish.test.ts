import { symlink, mkdir, writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import {
  author,
  bareRepository,
  git,
  message,
  personCommits,
  removeTemporary,
  temporaryFolder,
  writes,
} from '../support/temporary.js';
import { document, embeddedRepository, publishNow, rendered } from './documents.js';

afterAll(removeTemporary);

const paths = async (repository: StateRepository) => (await (await repository.head())?.list())?.map(({ path }) => path);
const read = async (repository: StateRepository, path: string) =>
  (await (await repository.head())?.read([path]))?.get(path);
const folderOf = (repository: StateRepository) => repository.description;

describe('publishing', () => {
  test('writes what is rendered, and nothing when it is there already', async () => {
    const repository = await embeddedRepository();
    const first = await publishNow(repository, { a: '1', b: '1' });
    expect(first).toMatchObject({
      pushed: true,
      attempts: 1,
      added: ['clusters/c/documents/a.yaml', 'clusters/c/documents/b.yaml'],
      changed: [],
      removed: [],
    });
    expect(first.base).toBeUndefined();
    const second = await publishNow(repository, { b: '1', a: '1' });
    expect(second).toMatchObject({ pushed: false, base: first.commit, added: [], changed: [], removed: [] });
    expect(second.commit).toBeUndefined();
    expect(await repository.log(9)).toHaveLength(1);
  });

  test('changes and removes in one commit, which says so', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { a: '1', b: '1', c: '1' });
    const published = await publishNow(repository, { a: '2', d: '1' });
    expect(published).toMatchObject({
      added: ['clusters/c/documents/d.yaml'],
      changed: ['clusters/c/documents/a.yaml'],
      removed: ['clusters/c/documents/b.yaml', 'clusters/c/documents/c.yaml'],
    });
    const [entry] = await repository.log(1);
    expect(entry?.commit).toBe(published.commit);
    expect(entry?.subject).toBe('Add 1 document, change 1, remove 2');
    expect(Object.fromEntries(entry?.trailers ?? [])).toEqual({
      'Quayside-Cluster': 'c',
      'Quayside-Integration': 'quay',
      'Quayside-Plan': published.planId,
    });
  });

  test('in a dry run only says what it would do', async () => {
    const repository = await embeddedRepository();
    const published = await publishNow(repository, { a: '1' }, { dryRun: true });
    expect(published).toMatchObject({ pushed: false, added: ['clusters/c/documents/a.yaml'] });
    expect([...published.change.writes.keys()]).toEqual(['clusters/c/documents/a.yaml']);
    expect(await repository.head()).toBeUndefined();
  });

  test('never rewrites or removes a person’s file, and says which one it left', async () => {
    const repository = await embeddedRepository();
    const mine = 'apiVersion: test/v1\nkind: Test\nmetadata: {name: mine}\n';
    await publishNow(repository, { a: '1' });
    await personCommits(folderOf(repository), async (clone) => {
      await writeFile(join(clone, 'clusters/c/documents/mine.yaml'), mine);
      await writeFile(join(clone, 'clusters/c/documents/other.yaml'), mine);
      await mkdir(join(clone, 'clusters/c/overlays'));
      await writeFile(join(clone, 'clusters/c/overlays/a.yaml'), document('a'));
      await writeFile(join(clone, 'README.md'), 'hello');
    });
    const published = await publishNow(repository, { mine: '2' });
    expect(published.removed).toEqual(['clusters/c/documents/a.yaml']);
    expect(published.kept).toEqual([
      { path: 'clusters/c/documents/mine.yaml', reason: 'NotOurs', message: expect.stringContaining('not rewritten') },
    ]);
    expect(await read(repository, 'clusters/c/documents/mine.yaml')).toBe(mine);
    expect(await paths(repository)).toEqual([
      'README.md',
      'clusters/c/documents/mine.yaml',
      'clusters/c/documents/other.yaml',
      'clusters/c/overlays/a.yaml',
    ]);
  });

  test('removes only files of its own integration', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, rendered({ a: '1', b: '1' }, 'one'));
    await publishNow(repository, rendered({ c: '1' }, 'two'));
    expect(await paths(repository)).toHaveLength(3);
    const published = await publishNow(repository, rendered({}, 'one'));
    expect(published.removed).toEqual(['clusters/c/documents/a.yaml', 'clusters/c/documents/b.yaml']);
    expect(await paths(repository)).toEqual(['clusters/c/documents/c.yaml']);
  });

  test('treats a file it cannot read as a person’s', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { a: '1' });
    await personCommits(folderOf(repository), (clone) =>
      writeFile(join(clone, 'clusters/c/documents/a.yaml'), 'a: [\n'),
    );
    expect(await publishNow(repository, { a: '2' })).toMatchObject({ pushed: false, kept: [{ reason: 'NotOurs' }] });
    expect(await publishNow(repository, {})).toMatchObject({ pushed: false, removed: [] });
  });

  test('never writes through a link or outside its folder', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { a: '1' });
    await personCommits(folderOf(repository), async (clone) => {
      await symlink('../../../out.yaml', join(clone, 'clusters/c/documents/link.yaml'));
      await symlink('/tmp', join(clone, 'clusters/c/elsewhere'));
    });
    const wanted = rendered({ a: '1', b: '1', link: '1' });
    const files = new Map([
      ...wanted.files,
      ['clusters/c/elsewhere/x.yaml', document('x')],
      ['clusters/other/y.yaml', document('y')],
      ['clusters/c/../../z.yaml', document('z')],
    ]);
    const published = await publishNow(repository, { ...wanted, files });
    expect(published.added).toEqual(['clusters/c/documents/b.yaml']);
    expect(published.kept.map(({ path, reason }) => [path, reason]).sort()).toEqual([
      ['clusters/c/../../z.yaml', 'Unsafe'],
      ['clusters/c/documents/link.yaml', 'Unsafe'],
      ['clusters/c/elsewhere/x.yaml', 'Unsafe'],
      ['clusters/other/y.yaml', 'Unsafe'],
    ]);
  });

  test('renders again on the new head when somebody was faster', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { a: '1' });
    const heads: (string | undefined)[] = [];
    const published = await publishNow(
      repository,
      {},
      {
        render: async (head) => {
          heads.push(head?.commit);
          if (heads.length < 3) {
            const base = await repository.head();
            const commit = await repository.commit(
              base,
              writes({ [`by-hand-${heads.length}`]: 'x' }),
              message('x'),
              author,
            );
            await repository.push(commit, base);
          }
          return rendered({ a: '1', b: String(heads.length) });
        },
      },
    );
    expect(published).toMatchObject({ pushed: true, attempts: 3, base: heads[2] });
    expect(new Set(heads).size).toBe(3);
    expect(await paths(repository)).toEqual([
      'by-hand-1',
      'by-hand-2',
      'clusters/c/documents/a.yaml',
      'clusters/c/documents/b.yaml',
    ]);
  });

  test('gives up after the attempts it has, waiting longer each time', async () => {
    const repository = await embeddedRepository();
    const waits: number[] = [];
    let turn = 0;
    const endless = publishNow(
      repository,
      {},
      {
        random: () => 0.8,
        delay: async (milliseconds) => waits.push(milliseconds),
        render: async () => {
          const base = await repository.head();
          await repository.push(
            await repository.commit(base, writes({ x: String(turn++) }), message('x'), author),
            base,
          );
          return rendered({ a: '1' });
        },
      },
    );
    expect((await endless).fault).toMatchObject({ code: 'PushContended', retryable: true });
    expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000]);
  });
});

describe('the cluster’s identity', () => {
  const identity = (uid: string, previous?: string) => ({
    path: 'clusters/c/cluster.yaml',
    content: `uid: ${uid}\n`,
    uid,
    uidOf: (content: string) => /^uid: (.+)$/m.exec(content)?.[1],
    ...(previous === undefined ? {} : { previous }),
  });

  test('is written first, and lets the same cluster in again', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('one') });
    expect(await read(repository, 'clusters/c/cluster.yaml')).toBe('uid: one\n');
    expect(await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('one') })).toMatchObject({
      pushed: false,
    });
  });

  test('keeps another cluster out, which then writes nothing', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('one') });
    const other = publishNow(repository, { ...rendered({ b: '1' }), identity: identity('two') });
    await expect(other).rejects.toMatchObject({ code: 'ClusterChanged', retryable: false });
    expect(await repository.log(9)).toHaveLength(1);
  });

  test('lets a rebuilt cluster in when somebody named the one before', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('one') });
    await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('two', 'one') });
    expect(await read(repository, 'clusters/c/cluster.yaml')).toBe('uid: two\n');
  });

  test('that cannot be read stops everything', async () => {
    const repository = await embeddedRepository();
    await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('one') });
    await personCommits(folderOf(repository), (clone) => writeFile(join(clone, 'clusters/c/cluster.yaml'), 'what\n'));
    const next = publishNow(repository, { ...rendered({}), identity: identity('one') });
    await expect(next).rejects.toMatchObject({ code: 'StateInvalid' });
    await personCommits(folderOf(repository), (clone) => rm(join(clone, 'clusters/c/cluster.yaml')));
    await publishNow(repository, { ...rendered({ a: '1' }), identity: identity('one') });
  });
});

describe('two writers at once', () => {
  test.each(['an embedded repository', 'a remote'])('lose nothing in %s', async (kind) => {
    const bare = await bareRepository();
    const open = async () =>
      kind === 'a remote'
        ? openRepository({ url: bare, cacheFolder: await temporaryFolder() })
        : openRepository({ embedded: bare });
    const writer = async (name: string) => {
      const repository = await open();
      const documents: Record<string, string> = {};
      for (let i = 0; i < 8; i += 1) {
        documents[`${name}-${i}`] = '1';
        await publishNow(repository, rendered({ ...documents }, name), { delay: undefined, attempts: 30 });
      }
    };
    await Promise.all([writer('one'), writer('two')]);
    const repository = await open();
    expect(await paths(repository)).toHaveLength(16);
    expect(await repository.log(99)).toHaveLength(16);
    expect(await git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
  });
});
