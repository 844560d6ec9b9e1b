import { TerminalError } from '../../errors/index.js';
import { type AllowedKeys } from '../../signing/index.js';
import { type Head, type StateRepository } from './repository.js';

/** Which commits have to be signed, and by which keys. */
export interface Verification {
  /** `EveryCommit`: also those between the last one that was verified and the newest, as far as they change `path`. */
  readonly commits: 'Head' | 'EveryCommit';
  readonly keys: AllowedKeys;
  /** The folder that is read, from the top of the repository; empty for all of it. */
  readonly path: string;
  /**
   * The commit that was applied last: those up to it are not looked at, unless it is the newest. Other keys may have counted then.
   * @default - the newest commit is the first to be verified
   */
  readonly since?: string | undefined;
}

/** As many commits are verified in one go; a branch that moved further is verified by its newest commit after a person agreed. */
const most = 1_000;

/** A repository whose branch is neither read nor moved where a signature is missing: what stood before goes on. */
export function verifiedRepository(repository: StateRepository, verification: Verification): StateRepository {
  const { commits, keys, path, since } = verification;
  let verified: string | undefined;
  const demand = async (commit: string, what: string, newest?: string): Promise<void> => {
    const checked = await repository.checkSignature(commit, keys);
    if (!('fault' in checked)) return;
    const where = `${what} ${commit.slice(0, 12)} of ${repository.description}`;
    throw new SignatureRejected(`${where} ${checked.fault}: nothing of it is applied, and nothing is removed`, newest);
  };
  const verify = async ({ commit }: Head): Promise<void> => {
    if (commit === verified) return;
    await demand(commit, 'the commit', commit);
    const from = verified ?? since;
    const isAfter = from !== undefined && from !== commit && (await repository.isAncestor(from, commit));
    if (commits === 'EveryCommit' && isAfter) {
      const between = await repository.between(from, commit, { path, most: most + 1 });
      if (between.length > most) throw tooMany(repository.description, commit);
      for (const one of between) if (one !== commit) await demand(one, 'the commit', commit);
    }
    verified = commit;
  };
  return {
    ...repository,
    head: async (options) => {
      const head = await repository.head(options);
      if (head !== undefined) await verify(head);
      return head;
    },
    push: async (commit, base) => {
      // Otherwise the next reader of the branch, which may be this process, would refuse it.
      await demand(commit, 'our own commit');
      return repository.push(commit, base);
    },
  };
}

const hintOfUnsigned =
  'Push a commit on top that is signed by a key of spec.git.allowedKeys, or add the public key that made the signature to them. ' +
  'A commit of Quayside itself is signed by the key of spec.git.signing.';

/** A branch that is neither read nor moved. */
export class SignatureRejected extends TerminalError {
  /** `newest`: the commit that the branch has; undefined where it is one of ours that was not pushed. */
  constructor(
    message: string,
    readonly newest: string | undefined,
    hint = hintOfUnsigned,
  ) {
    super('SignatureRejected', message, { hint });
  }
}

function tooMany(where: string, newest: string): SignatureRejected {
  const message = `${where} has more than ${most} commits that were not verified yet`;
  return new SignatureRejected(message, newest, 'Set spec.git.verify to Head until its newest commit is applied.');
}
