import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { byHand, git, head } from '../../fixtures/operator/people.js';
import { graft, treeBomb } from '../../fixtures/tree-bomb.js';
import { type Scene } from '../../hostile/scene.js';
import { arrives } from '../../hostile/seen.js';
import { type Feedings } from './fed.js';

/** Puts files into the folder of the cluster, and takes away those without a content. */
export async function state({ harness }: Scene, contents: Readonly<Record<string, string | undefined>>): Promise<void> {
  await byHand(harness, async (clone) => {
    for (const [path, content] of Object.entries(contents)) {
      const file = join(clone, 'clusters', harness.id, path);
      await mkdir(dirname(file), { recursive: true });
      await rm(file, { force: true, recursive: true });
      if (content !== undefined) await writeFile(file, content);
    }
  });
}

/** Somebody pushes a commit that the operator refuses as a whole, for this reason, and takes it back. */
async function refused({ harness, cluster }: Scene, commit: string, reason: string, words: RegExp): Promise<void> {
  const before = head(harness);
  git(harness.remote, 'update-ref', 'refs/heads/main', commit, before);
  await cluster.eventually(async () =>
    expect(await harness.condition('Ready')).toMatchObject({ reason, message: expect.stringMatching(words) }),
  );
  git(harness.remote, 'update-ref', 'refs/heads/main', before, commit);
}

const treeOf = (remote: string, lines: readonly string[]): string => said(remote, ['mktree'], `${lines.join('\n')}\n`);
const blobOf = (remote: string, text: string): string => said(remote, ['hash-object', '-w', '--stdin'], text);

function said(cwd: string, args: readonly string[], input: string): string {
  const identity = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd, input, maxBuffer: 1 << 26 })
    .toString()
    .trim();
}

/** All of the repository is refused, so they come one after the other. */
export const stateFeedings: Feedings<Scene> = {
  folderFiles: async (scene) => {
    const { remote, id } = scene.harness;
    const commit = graft(remote, head(scene.harness), { path: `clusters/${id}/docs`, tree: treeBomb(remote, 8) });
    await refused(scene, commit, 'StateInvalid', /more than 50000 files/);
    await arrives(scene);
  },
  listingBytes: async (scene) => {
    const { remote, id } = scene.harness;
    const blob = blobOf(remote, '');
    const names = Array.from({ length: 40_000 }, (_, at) => `100644 blob ${blob}\t${`${at}-`.padEnd(220, 'x')}`);
    const commit = graft(remote, head(scene.harness), { path: `clusters/${id}/docs`, tree: treeOf(remote, names) });
    await refused(scene, commit, 'StateInvalid', /or their names are too long/);
    await arrives(scene);
  },
  folderBytes: async (scene) => {
    const { remote, id } = scene.harness;
    const path = `clusters/${id}/organizations`;
    const each = limits.documentBytes - 100;
    const blob = blobOf(remote, '#'.repeat(each));
    const there = git(remote, 'ls-tree', `main:${path}`).split('\n');
    const many = Array.from(
      { length: limits.folderBytes / each + 1 },
      (_, at) => `100644 blob ${blob}\tteam-${at}.yaml`,
    );
    const commit = graft(remote, head(scene.harness), { path, tree: treeOf(remote, [...there, ...many]) });
    await refused(scene, commit, 'StateInvalid', /bytes together; at most 33554432 are read/);
    await arrives(scene);
  },
};
