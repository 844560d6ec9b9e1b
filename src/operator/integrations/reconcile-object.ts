import { type QuayIntegration } from '../../api/index.js';
import { type Again, type NamedObject, type NamedWatches, type ResourceType, type Turn } from '../../kube/index.js';
import { type Operator } from '../operator.js';
import { type Connections } from './connections.js';
import { isSameIntegration, type KnownIntegration } from './known-integration.js';
import { findIntegration, type ReadIntegration, readIntegration } from './read-integration.js';
import { type Repositories } from './repositories.js';
import { type StatusKeeper } from './status-keeper.js';

/** What an integration is connected with. */
export interface ConnectParts extends Pick<Operator, 'watches' | 'settings' | 'metrics'> {
  readonly known: Map<string, KnownIntegration>;
  /** The Secrets and ConfigMaps that integrations refer to. */
  readonly named: NamedWatches;
  readonly connections: Connections;
  readonly repositories: Repositories;
  readonly keeper: StatusKeeper;
  /** Tells the others that an integration is another one than before. */
  readonly announce: (name: string) => void;
}

// Credentials are also read without an event: the permission to watch them may be missing.
const lookAgain = 60_000;

/** Reads the object of an integration, connects it, or forgets it when it is gone. */
export async function reconcileObject(
  parts: ConnectParts,
  name: string,
  { failures }: Pick<Turn, 'failures'>,
): Promise<Again | undefined> {
  const { watches, known, keeper, announce } = parts;
  const found = findIntegration(watches, name);
  if (found === undefined) {
    await forget(parts, name);
    return undefined;
  }
  const read = readIntegration(found);
  if ('failure' in read) {
    const was = known.delete(name);
    keeper.report(name, { fault: read.failure });
    if (was) announce(name);
    return undefined;
  }
  const isToBeTriedSoon = await connect(parts, name, found.type, read);
  return { again: { milliseconds: isToBeTriedSoon ? Math.min(1_000 * 2 ** failures, 5_000) : lookAgain } };
}

async function connect(
  { known, named, settings, connections, repositories, keeper, announce }: ConnectParts,
  name: string,
  type: ResourceType,
  read: ReadIntegration,
): Promise<boolean> {
  const { integration } = read;
  named.watch(name, referencesOf(integration, settings.namespace));
  const quay = await connections.open(integration);
  const applied = keeper.reported(name).applied ?? keeper.status(name)?.lastAppliedCommit;
  const repository = await repositories.open(integration, read.id, applied);
  const now: KnownIntegration = { ...read, type, quay, repository, review: repository.review };
  const isSame = isSameIntegration(known.get(name), now);
  // The same object as long as nothing changed: others keep a reference.
  if (!isSame) known.set(name, now);
  keeper.report(name, { fault: undefined, quay: quay.failure, repository: repository.failure });
  if (!isSame) announce(name);
  return (quay.failure ?? repository.failure)?.retryable === true;
}

async function forget(
  { known, named, connections, repositories, keeper, metrics, announce }: ConnectParts,
  name: string,
): Promise<void> {
  known.delete(name);
  named.watch(name, []);
  connections.close(name);
  repositories.close(name);
  await keeper.forget(name);
  await metrics.forgetIntegration(name);
  // Also of one that could never be read: for as long as it was there, it kept what it may have had from the others.
  announce(name);
}

/** The objects whose content decides how an integration connects. */
function referencesOf({ spec }: QuayIntegration, operatorNamespace: string): readonly NamedObject[] {
  const { credentialsSecret, certificateAuthority = {}, git } = spec;
  const { configMap, secret } = certificateAuthority;
  return [
    { kind: 'Secret', namespace: credentialsSecret.namespace, name: credentialsSecret.name },
    ...(configMap === undefined ? [] : [{ kind: 'ConfigMap' as const, ...nameOf(configMap) }]),
    ...(secret === undefined ? [] : [{ kind: 'Secret' as const, ...nameOf(secret) }]),
    ...[git.secretRef, git.signing?.secretRef, git.forge?.secretRef].flatMap((ref) =>
      ref === undefined ? [] : [{ kind: 'Secret' as const, namespace: operatorNamespace, name: ref.name }],
    ),
  ];
}

function nameOf({ namespace, name }: { readonly namespace: string; readonly name: string }): {
  readonly namespace: string;
  readonly name: string;
} {
  return { namespace, name };
}
