import { type GitSpec } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { type Verification } from '../git/index.js';
import { valueAt } from '../integration/index.js';
import { readAllowedKeys, type SigningKey } from '../signing/index.js';
import { type Inputs } from './inputs.js';

/** The private key that the integration signs its commits with, if it does. */
export async function signingOf(
  { integration, cluster }: Inputs,
  namespace: string,
): Promise<{ readonly signing?: SigningKey }> {
  const { signing } = integration.spec.git;
  if (signing === undefined) return {};
  const key = await valueAt(cluster, 'Secret', { namespace, ...signing.secretRef });
  return { signing: { format: signing.format, key } };
}

/** Which commits have to be signed, and by whom; undefined where none has to be. */
export function verificationOf(git: GitSpec, since: string | undefined): Verification | undefined {
  const { verify, allowedKeys, path } = git;
  if (verify === 'None') return undefined;
  const { faults, ...keys } = readAllowedKeys(allowedKeys);
  if (faults.length > 0) throw invalid(`spec.git.allowedKeys[${faults.join('], [')}] is no public key`);
  if (allowedKeys.length === 0) throw invalid(`spec.git.verify is ${verify}, and spec.git.allowedKeys is empty`);
  return { commits: verify, keys, path, since };
}

function invalid(message: string): TerminalError {
  return new TerminalError('InvalidInput', message, {
    hint: 'Give lines as ssh-keygen writes them (`ssh-ed25519 AAAA… name`), or what `gpg --armor --export KEY` prints.',
  });
}
