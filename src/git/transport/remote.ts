import { TerminalError } from '../../errors/index.js';
import { explainGitError } from '../errors.js';
import { moveLocalRef, readLocalRef } from '../commands/local-refs.js';
import { readPushAnswer } from './push-answer.js';
import { askForBranches, mayStart } from './other-branches.js';
import { branchRef, checkedRef } from '../ref-name.js';
import type { PushOutcome } from '../repository/repository.js';
import { GitFailure, type Git } from '../run/run-git.js';
import { withAccess, type Access } from './access.js';
import type { Transport } from './transport.js';
import { writeCommit } from '../commands/write-commit.js';

/** A remote, seen through a bare copy of one branch. */
export interface Remote {
  readonly git: Git;
  readonly access: Access;
  readonly branch: string;
  readonly description: string;
  readonly secrets: readonly string[];
  readonly partialFetch: boolean;
}

/** Fetches and pushes; the copy's own refs only remember what was seen. */
export function remoteTransport(remote: Remote): Transport {
  const { git, branch } = remote;
  const ref = branchRef(branch);
  return {
    branch: async (again) => (again ? fetchBranch(remote) : readLocalRef(git, seen(ref))),
    ...(remote.partialFetch && { bring: (ids: readonly string[]) => receive(remote, ids) }),
    push: (commit, base) => push(remote, ref, commit, base),
    canPush: async () => {
      try {
        // Nothing is sent in a dry run, but the remote has agreed to take something by then.
        const head = (await fetchBranch(remote)) ?? (await emptyCommit(git));
        await talk(remote, [
          'push',
          ...receiving(remote),
          '--porcelain',
          '--dry-run',
          remote.access.address.url,
          `${head}:${ref}`,
        ]);
        return undefined;
      } catch (error) {
        return explainGitError(error, { ...remote, pushing: true });
      }
    },
    readRef: async (name) => fetch(remote, checkedRef(name)),
    writeRef: async (name, commit, expected) => push(remote, checkedRef(name), commit, expected),
  };
}

/** Where the copy keeps what it saw of a ref. */
function seen(ref: string): string {
  return ref.replace(/^refs\//, 'refs/seen/');
}

/**
 * A `file:` remote is served by a git of ours, which would obey the configuration of that repository: of what can run a
 * program only the hooks in its folder are left, which are a Git server's own.
 */
const servedSettings = ['core.hooksPath=hooks', 'core.alternateRefsCommand=true', 'receive.autogc=false'];
const receivePack = `--receive-pack=git ${servedSettings.map((setting) => `-c ${setting}`).join(' ')} receive-pack`;

function receiving({ access }: Remote): readonly string[] {
  return access.address.kind === 'file' ? [receivePack] : [];
}

function talk({ git, access }: Remote, args: readonly string[]): Promise<string> {
  return withAccess(access, (environment) => git.text(args, { environment }));
}

/** The branch; undefined while the remote has none at all. */
async function fetchBranch(remote: Remote): Promise<string | undefined> {
  const { branch, description, access } = remote;
  const commit = await fetch(remote, branchRef(branch));
  if (commit !== undefined) return commit;
  const answer = await talk(remote, ['ls-remote', '--symref', access.address.url, ...askForBranches]);
  if (!mayStart(branch, answer, description)) return fetch(remote, branchRef(branch));
  await refuseOtherFormat(remote);
  return undefined;
}

/** Without a commit to fetch, git finds out that the ids are of another length only when it pushes; for any id it looks first. */
async function refuseOtherFormat(remote: Remote): Promise<void> {
  try {
    await talk(remote, ['fetch', '--no-write-fetch-head', remote.access.address.url, '1'.repeat(40)]);
  } catch (error) {
    if (error instanceof GitFailure && /mismatched algorithms/.test(error.stderr)) throw error;
  }
}

// Progress keeps a long transfer from looking like one that hangs.
const fetchOptions = ['--progress', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];

/** Without the files, where only those that are read are fetched. */
function receive(remote: Remote, wanted: readonly string[]): Promise<string> {
  const { git, access, partialFetch } = remote;
  const { url } = access.address;
  const args = ['fetch', ...fetchOptions, ...(partialFetch ? ['--filter=blob:none'] : []), '--stdin', url];
  const input = wanted.map((one) => `${one}\n`).join('');
  return withAccess({ ...access, lacksFiles: partialFetch }, (environment) => git.text(args, { environment, input }));
}

async function fetch(remote: Remote, ref: string): Promise<string | undefined> {
  const { git } = remote;
  try {
    await receive(remote, [`+${ref}:${seen(ref)}`]);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    if (isBrokenThere(error, ref)) throw brokenThere(remote, ref);
    if (!/couldn't find remote ref/i.test(error.stderr)) throw error;
    await moveLocalRef(git, seen(ref), undefined, await readLocalRef(git, seen(ref)));
    return undefined;
  }
  return readLocalRef(git, seen(ref));
}

/** A server names no commit for a ref that it cannot read, or passes over it with a warning. */
function isBrokenThere({ stderr }: GitFailure, ref: string): boolean {
  return /not our ref 0{40}/.test(stderr) || stderr.includes(`ignoring broken ref ${ref}`);
}

function brokenThere({ description }: Remote, ref: string): TerminalError {
  const message = `${description} is damaged on its server: ${ref} is there, and cannot be read`;
  return new TerminalError('GitRepositoryCorrupt', message, {
    hint: 'Look at it there with `git fsck`, and restore it from a backup or from a clone.',
  });
}

async function push(
  remote: Remote,
  ref: string,
  commit: string | undefined,
  expected: string | undefined,
): Promise<PushOutcome> {
  const { git, description, access } = remote;
  const lease = `--force-with-lease=${ref}:${expected ?? ''}`;
  const args = [
    'push',
    ...receiving(remote),
    '--porcelain',
    '--progress',
    '--no-verify',
    lease,
    access.address.url,
    `${commit ?? ''}:${ref}`,
  ];
  let outcome: PushOutcome | undefined;
  try {
    outcome = readPushAnswer(await talk(remote, args), '', description) ?? 'pushed';
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    outcome = readPushAnswer(error.stdout, error.stderr, description);
    if (outcome === undefined) throw explainGitError(error, { ...remote, pushing: true });
  }
  if (outcome === 'pushed') await moveLocalRef(git, seen(ref), commit, await readLocalRef(git, seen(ref)));
  return outcome;
}

function emptyCommit(git: Git): Promise<string> {
  const author = { name: 'quayside', email: 'quayside@quayside.invalid' };
  return writeCommit(
    git,
    undefined,
    { writes: new Map(), deletes: [] },
    { message: { subject: 'Probe' }, author, time: 0 },
  );
}
