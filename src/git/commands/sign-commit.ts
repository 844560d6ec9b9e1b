import { type Environment } from '../run/environment.js';
import { type Git } from '../run/run-git.js';
import { signatureOver, signedCommit, type SigningKey } from '../../signing/index.js';

/** The same commit with a signature, which gives it another id. Git itself would run programs that a configuration names. */
export async function signCommit(git: Git, commit: string, key: SigningKey, environment: Environment): Promise<string> {
  const payload = await readRawCommit(git, commit);
  const input = signedCommit(payload, await signatureOver(payload, key, environment));
  return (await git.text(['hash-object', '-t', 'commit', '-w', '--stdin'], { input })).trim();
}

/** A commit as git stores it. */
export async function readRawCommit(git: Git, commit: string): Promise<Buffer> {
  return git.catFile(['commit', commit]);
}
