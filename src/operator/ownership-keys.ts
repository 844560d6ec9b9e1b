import { ownershipKeysName, ownershipSecretName } from '../api/index.js';
import { createNamedWatches, type KubeClient, type Cluster } from '../kube/index.js';
import { type ClusterKeys, ensureKeys } from '../ownership/store/index.js';
import { type Watches } from './watches/watches.js';

interface KeyOptions {
  readonly mayCreate: boolean;
  /** Looks for an organization that is signed for this cluster; only asked before the very first key is made. */
  readonly findSigned?: () => Promise<string | undefined>;
}

/** The keys that ownership is signed with, as the cluster has them now. */
export interface OwnershipKeeper {
  /** Makes the key where nothing was ever signed, unless nothing may be written. */
  readonly keys: (options: KeyOptions) => Promise<ClusterKeys>;
  /** Called when others are in use than before. */
  readonly onChange: (handler: () => void) => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

interface Parts {
  readonly client: KubeClient;
  readonly live: Pick<Cluster, 'secret' | 'configMap'>;
  readonly namespace: string;
  readonly watches: Pick<Watches, 'organizations'>;
  readonly uid: () => string;
}

/** One reading of the keys, and whether it was one that may make them. */
interface Reading {
  readonly mayCreate: boolean;
  readonly keys: Promise<ClusterKeys>;
}

/** Reads the keys when they are first needed, and again when their objects change. */
export function createOwnershipKeeper({ client, live, namespace, watches, uid }: Parts): OwnershipKeeper {
  const handlers: (() => void)[] = [];
  let reading: Reading | undefined;
  let inUse: string | undefined;

  // A status that anybody may have written keeps a key from being made; it never gives one.
  const refusal = async ({ mayCreate, findSigned }: KeyOptions): Promise<string | undefined> => {
    if (!mayCreate) return 'none is made while the integration is suspended';
    const stated = watches.organizations.list().find(({ status }) => status.ownership?.clusterUID === uid());
    if (stated !== undefined) return `the status of QuayOrganization ${stated.name} is signed`;
    const marked = await findSigned?.();
    return marked === undefined ? undefined : `the mark of organization ${marked} in Quay is signed for this cluster`;
  };
  const load = async (options: KeyOptions): Promise<ClusterKeys> => {
    const keys = await ensureKeys({ client, cluster: live, namespace, refusal: () => refusal(options) });
    const now = fingerprint(keys);
    const isOther = inUse !== undefined && inUse !== now;
    inUse = now;
    // Whoever went by those before looks again.
    if (isOther) handlers.forEach((handler) => handler());
    return keys;
  };
  const keys: OwnershipKeeper['keys'] = async (options) => {
    const { mayCreate } = options;
    const mine =
      reading !== undefined && (reading.mayCreate || !mayCreate) ? reading : { mayCreate, keys: load(options) };
    reading = mine;
    const forget = (): void => {
      if (reading === mine) reading = undefined;
    };
    try {
      const found = await mine.keys;
      // Without one to sign with it is looked for again.
      if (found.signer === undefined) forget();
      return found;
    } catch (error) {
      forget();
      throw error;
    }
  };
  const named = createNamedWatches(client, () => {
    reading = undefined;
    // Before they are first needed there is nobody to be told.
    if (inUse !== undefined) keys({ mayCreate: false }).catch(() => undefined);
  });

  return {
    keys,
    onChange: (handler) => void handlers.push(handler),
    start: () =>
      named.watch('ownership', [
        { kind: 'Secret', namespace, name: ownershipSecretName },
        { kind: 'ConfigMap', namespace, name: ownershipKeysName },
      ]),
    stop: () => named.stop(),
  };
}

function fingerprint({ publicKeys, signer, problem }: ClusterKeys): string {
  return JSON.stringify([[...(publicKeys?.keys() ?? [])].sort(), signer?.keyID, problem]);
}
