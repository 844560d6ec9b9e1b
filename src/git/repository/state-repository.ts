import PQueue from 'p-queue';
import { createHead, type Guard } from '../commands/head.js';
import { isAncestor, isCommit, readBetween, readLog, readParents, readTouches } from '../commands/history.js';
import { isDamagedCopy, tellDamage } from './damage.js';
import type { RepositoryLocation } from './repository-location.js';
import { entriesAround, refuseUnsafe } from './refuse-unsafe.js';
import type { Head, StateRepository } from './repository.js';
import { textDiff } from './text-diff.js';
import { readRawCommit, signCommit } from '../commands/sign-commit.js';
import { checkCommit } from '../../signing/index.js';
import { writeCommit } from '../commands/write-commit.js';

/** Everything that is the same wherever the repository is. */
export function repositoryAt(
  location: RepositoryLocation,
  branch: string,
  explained: Guard,
  now: () => number,
): StateRepository {
  const { git, transport, description, signing, environment } = location;
  const guard = location.isCopy ? explained : tellDamage(explained, description);
  const queue = new PQueue({ concurrency: 1 });
  const turn: Guard = (work) => queue.add(work);
  let newest: Head | undefined;
  const { reading, mended } = mending({ location, guard, turn, forget: () => (newest = undefined) });
  const headAt = (commit: string): Head =>
    newest?.commit === commit ? newest : createHead(git, reading, commit, transport.bring?.bind(transport));
  const readHead = async (fetch: boolean): Promise<Head | undefined> => {
    const commit = await guard(() => transport.branch(fetch));
    // What is damaged shows here, rather than in the middle of what comes next.
    if (commit !== undefined) await guard(() => git.text(['cat-file', '-e', `${commit}^{tree}`]));
    newest = commit === undefined ? undefined : headAt(commit);
    return newest;
  };
  return {
    description,
    branch,
    head: ({ fetch = true } = {}) => turn(() => mended(() => readHead(fetch))),
    at: (commit) =>
      guard(async () => (newest?.commit === commit || (await isCommit(git, commit)) ? headAt(commit) : undefined)),
    commit: async (base, change, message, author) => {
      refuseUnsafe([], change);
      refuseUnsafe(base === undefined ? [] : await entriesAround(base, change), change);
      const time = Math.floor(now() / 1000);
      return guard(async () => {
        const made = await writeCommit(git, base?.commit, change, { message, author, time });
        return signing === undefined ? made : await signCommit(git, made, signing, environment);
      });
    },
    push: (commit, base) => turn(() => guard(() => transport.push(commit, base?.commit))),
    canPush: () => turn(() => guard(() => transport.canPush())),
    isAncestor: (ancestor, commit) => guard(() => isAncestor(git, ancestor, commit)),
    parents: (commit) => guard(() => readParents(git, commit)),
    log: (count, { from, path } = {}) =>
      guard(async () => {
        const start = from ?? (await transport.branch(false));
        return start === undefined ? [] : await readLog(git, start, count, path);
      }),
    between: (from, to, options) => guard(() => readBetween(git, from, to, options)),
    checkSignature: (commit, allowed) =>
      guard(async () => checkCommit(await readRawCommit(git, commit), allowed, environment)),
    touches: (from, paths) => guard(async () => (paths.length === 0 ? [] : await readTouches(git, from, paths))),
    readRef: (name) => turn(() => mended(() => guard(() => transport.readRef(name)))),
    writeRef: (name, commit, expected) => turn(() => guard(() => transport.writeRef(name, commit, expected))),
    diff: textDiff,
  };
}

interface Copied {
  readonly location: RepositoryLocation;
  readonly guard: Guard;
  readonly turn: Guard;
  readonly forget: () => void;
}

/** Does work on a copy once more when it was damaged, and has been fetched again. `mended` is for work that has its turn. */
function mending({ location, guard, turn, forget }: Copied): { reading: Guard; mended: Guard } {
  const repair = async (): Promise<void> => {
    forget();
    await guard(() => location.prepare(true));
    await guard(() => location.transport.branch(true));
  };
  const afterRepair =
    (inTurn: Guard): Guard =>
    async (work) => {
      try {
        return await work();
      } catch (error) {
        if (!location.isCopy || !isDamagedCopy(error)) throw error;
        await inTurn(repair);
        return await work();
      }
    };
  // A copy shows only what is damaged in it when that is read.
  const later = afterRepair(turn);
  return { reading: (work) => later(() => guard(work)), mended: afterRepair((work) => work()) };
}
