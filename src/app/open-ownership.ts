import { type KeyObject } from 'node:crypto';
import { QuaysideError, TerminalError } from '../errors/index.js';
import { textOfFile } from '../integration/index.js';
import { checkingKeys, type OwnershipKeys, publicKeysIn, signingKeys } from '../ownership/index.js';
import { readPrivateKey, readPublicKeys } from '../ownership/store/index.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type Configuration } from '../process/configuration.js';

type Options = Pick<InputOptions, 'namespace' | 'ownershipKey' | 'ownershipKeys'>;

/** Whoever writes nothing needs no key. */
export function isReadOnly(
  { dryRun }: { readonly dryRun: boolean },
  { integration }: Pick<Inputs, 'integration'>,
): boolean {
  return dryRun || integration.spec.suspend;
}

/** The keys that a run needs: to sign, or only to check. */
export async function ownershipFor(
  inputs: Pick<Inputs, 'cluster' | 'integration'>,
  options: Options & { readonly dryRun: boolean },
  configuration: Pick<Configuration, 'ownershipKey'>,
): Promise<OwnershipKeys> {
  return (isReadOnly(options, inputs) ? checkingOwnership : signingOwnership)(inputs, options, configuration);
}

/** The keys to check with; without any nothing is checked, which only a plan may do. */
async function checkingOwnership(
  { cluster }: Pick<Inputs, 'cluster'>,
  options: Options,
  configuration: Pick<Configuration, 'ownershipKey'>,
): Promise<OwnershipKeys> {
  const publicKeys = await publicKeysFor(cluster, options);
  // Who plans must not need what forges; who gave it is taken at his word.
  const given = await givenKey(options, configuration);
  if (given !== undefined) return { publicKeys: signingKeys(given, publicKeys).publicKeys ?? new Map() };
  return publicKeys.length === 0 ? {} : checkingKeys(publicKeys);
}

/** The keys to sign with; an apply without one ends before it writes anything. */
export async function signingOwnership(
  { cluster }: Pick<Inputs, 'cluster'>,
  options: Options,
  configuration: Pick<Configuration, 'ownershipKey'>,
): Promise<OwnershipKeys> {
  const pem = (await givenKey(options, configuration)) ?? (await clusterKey(cluster, options.namespace));
  if (pem !== undefined) return signingKeys(pem, await publicKeysFor(cluster, options));
  throw new TerminalError('OwnershipKeyMissing', 'there is no key to sign with whose organizations are', {
    hint:
      `Make one once, and keep it: quayside ownership create --file ownership.key. Then give --ownership-key ownership.key. ` +
      `Where the operator runs, it is in its Secret ${options.namespace}/quayside-ownership.`,
  });
}

async function givenKey(
  { ownershipKey }: Options,
  configuration: Pick<Configuration, 'ownershipKey'>,
): Promise<string | undefined> {
  return ownershipKey === undefined ? configuration.ownershipKey : textOfFile(ownershipKey, 'OwnershipKeyMissing');
}

async function clusterKey(cluster: Inputs['cluster'], namespace: string): Promise<string | undefined> {
  return readPrivateKey(cluster, namespace).catch(unlessForbidden);
}

async function publicKeysFor(cluster: Inputs['cluster'], options: Options): Promise<readonly KeyObject[]> {
  const { ownershipKeys, namespace } = options;
  const inFile =
    ownershipKeys === undefined ? [] : publicKeysIn(await textOfFile(ownershipKeys, 'OwnershipKeyMissing'));
  return [...inFile, ...((await readPublicKeys(cluster, namespace).catch(unlessForbidden)) ?? [])];
}

/** Whoever may not read them has to bring them. */
function unlessForbidden(error: unknown): undefined {
  if (error instanceof QuaysideError && error.code === 'ClusterAccessForbidden') return undefined;
  throw error;
}
