import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError, type QuaysideError } from '../../errors/index.js';
import { formatHint } from '../error-rules.js';
import { moveLocalRef, readLocalRef } from '../commands/local-refs.js';
import { askForBranches, mayStart } from './other-branches.js';
import { branchRef, checkedRef } from '../ref-name.js';
import type { Git } from '../run/run-git.js';
import type { Transport } from './transport.js';

/** What a repository that people may push to should refuse and remember. */
export const embeddedSettings = [
  ...['[receive]', 'denyNonFastForwards = true', 'denyDeletes = true'],
  ...['[core]', 'logAllRefUpdates = true', '[gc]', 'reflogExpire = never', ''],
].join('\n');

/** Every commit leaves a few loose objects; from time to time git looks whether they should be packed. */
const pushesPerCleaning = 200;

/** A bare repository in a folder of our own: moving the branch is moving a ref. */
export function embeddedTransport(git: Git, branch: string): Transport {
  const ref = branchRef(branch);
  let pushes = 0;
  return {
    branch: async () => {
      const commit = await readLocalRef(git, ref);
      if (commit === undefined) return noBranch(git, branch);
      refuseOtherFormat(git, commit);
      return commit;
    },
    push: async (commit, base) => {
      const outcome = await moveLocalRef(git, ref, commit, base);
      if (outcome === 'pushed' && ++pushes % pushesPerCleaning === 0) await clean(git);
      return outcome;
    },
    canPush: () => writable(git.folder),
    readRef: async (name) => readLocalRef(git, checkedRef(name)),
    writeRef: async (name, commit, expected) => moveLocalRef(git, checkedRef(name), commit, expected),
  };
}

/** In a repository that we made, each integration has a branch when it asks for one; in others, only the first is ours to start. */
async function noBranch(git: Git, branch: string): Promise<string | undefined> {
  refuseOtherFormat(git, (await git.text(['hash-object', '--stdin'], { input: 'any' })).trim());
  const config = await readFile(join(git.folder, 'config'), 'utf8');
  if (config.startsWith(embeddedSettings)) return undefined;
  const answer = await git.text(['ls-remote', '--symref', '.', ...askForBranches]);
  return mayStart(branch, answer, git.folder) ? undefined : readLocalRef(git, branchRef(branch));
}

/** Ids in an object format other than SHA-1 have another length. */
function refuseOtherFormat(git: Git, id: string): void {
  if (id.length === 40) return;
  const message = `${git.folder} uses an object format that is not supported`;
  throw new TerminalError('GitFormatUnsupported', message, { hint: formatHint });
}

async function clean(git: Git): Promise<void> {
  // What was pushed is safe whether or not this works.
  await git.text(['gc', '--auto']).catch(() => undefined);
}

async function writable(folder: string): Promise<QuaysideError | undefined> {
  try {
    await access(join(folder, 'objects'), constants.W_OK);
    await access(join(folder, 'refs', 'heads'), constants.W_OK);
    return undefined;
  } catch (cause) {
    const hint = 'Check the owner and the mode of the folder.';
    return new TerminalError('StateRepositoryUnwritable', `${folder} cannot be written`, { cause, hint });
  }
}
