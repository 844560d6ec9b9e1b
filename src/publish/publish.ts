import { setTimeout } from 'node:timers/promises';
import { backoff } from '../clock/index.js';
import { QuaysideError, RetryableError } from '../errors/index.js';
import type { Author, CommitMessage, Head, LogEntry, StateReader, StateWriter } from '../git/index.js';
import { checkIdentity } from './identity.js';
import { compare, withhold } from './compare.js';
import type { Difference, Rendered } from './rendered.js';
import { revertedPaths } from './reverted.js';
import { touchesOf } from './touches-of.js';

export interface PublishOptions {
  readonly repository: StateReader & StateWriter;
  /** Called again for every head that the push has to be repeated on. */
  readonly render: (head: Head | undefined) => Promise<Rendered>;
  readonly message: (difference: Difference) => CommitMessage;
  readonly author: Author;
  /** Which commits this writer made; with it, a change that a person took back is not made again. */
  readonly isOurs?: (commit: LogEntry) => boolean;
  /** Stop before the commit. */
  readonly dryRun?: boolean;
  /** How often to try when others push at the same time. */
  readonly attempts?: number;
  readonly delay?: (milliseconds: number) => Promise<unknown>;
  readonly random?: () => number;
}

export interface Published extends Difference {
  readonly pushed: boolean;
  /** What was pushed. */
  readonly commit?: string;
  /** The head it was compared with; undefined while the branch does not exist. */
  readonly base?: string;
  readonly attempts: number;
  /** Why what was rendered is not in the branch: the head above is what counts, then. */
  readonly fault?: QuaysideError;
}

/** Much jitter: writers that collided must not collide again. */
const pauses = { first: 120, most: 6_000, jitter: 5 / 6 };

/**
 * Makes the folder of the repository what is rendered: one commit, or none when nothing differs. A push that is refused is a
 * `fault` of the result, since the head it was compared with was fetched all the same.
 */
export async function publish(options: PublishOptions): Promise<Published> {
  const { repository, attempts = 8, delay = setTimeout, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    const { isRejected = false, ...published } = await tryOnce(options, attempt);
    if (!isRejected) return published;
    if (attempt >= attempts) return { ...published, fault: contended(repository, attempts) };
    await delay(Math.round(backoff(pauses, attempt, random)));
  }
}

function contended({ description }: Pick<StateReader, 'description'>, attempts: number): QuaysideError {
  return new RetryableError(
    'PushContended',
    `other writers kept pushing to ${description}; gave up after ${attempts} attempts`,
  );
}

type Attempt = Published & { readonly isRejected?: boolean };

async function tryOnce(options: PublishOptions, attempt: number): Promise<Attempt> {
  const { repository, render, message, author, dryRun = false } = options;
  const head = await repository.head();
  const rendered = await render(head);
  await checkIdentity(head, rendered.identity);
  const difference = await respectReverts(options, head, rendered, await compare(head, rendered));
  const outcome = {
    ...difference,
    pushed: false,
    attempts: attempt,
    ...(head === undefined ? {} : { base: head.commit }),
  };
  const { writes, deletes } = difference.change;
  if (dryRun || writes.size + deletes.length === 0) return outcome;
  try {
    const commit = await repository.commit(head, difference.change, message(difference), author);
    const answer = await repository.push(commit, head);
    return answer === 'pushed' ? { ...outcome, pushed: true, commit } : { ...outcome, isRejected: true };
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    return { ...outcome, fault: error };
  }
}

async function respectReverts(
  { repository, isOurs }: PublishOptions,
  head: Head | undefined,
  { folder, identity }: Rendered,
  difference: Difference,
): Promise<Difference> {
  // Without the file that says whose folder it is, another cluster could write into it.
  const all = [...difference.added, ...difference.changed, ...difference.removed];
  const paths = all.filter((path) => path !== identity?.path);
  if (isOurs === undefined || head === undefined || paths.length === 0) return difference;
  const touches = await touchesOf(repository, { from: head.commit, paths, isOurs });
  const entries = await head.list(folder);
  const ids = new Map(entries.map(({ path, id }) => [path, id]));
  const kept = revertedPaths(difference, ids, touches, isOurs);
  return kept.length === 0 ? difference : withhold(difference, entries, kept);
}
