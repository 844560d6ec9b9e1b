import { ownershipKeysName, ownershipSecretName } from '../api/index.js';
import { createNamedWatches, type KubeClient, type Cluster } from '../kube/index.js';
import { type ClusterKeys, ensureKeys } from '../ownership/store/index.js';
import { type Watches } from './watches/watches.js';

/** The keys that ownership is signed with, as the cluster has them now. */
export interface OwnershipKeeper {
  /** Makes the key where nothing was ever signed, unless nothing may be written. */
  readonly keys: (options: { readonly mayCreate: boolean }) => Promise<ClusterKeys>;
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

/** Reads the keys when they are first needed, and again when their objects change. */
export function createOwnershipKeeper({ client, live, namespace, watches, uid }: Parts): OwnershipKeeper {
  const handlers: (() => void)[] = [];
  let known: Promise<ClusterKeys> | undefined;
  let inUse: string | undefined;
  const named = createNamedWatches(client, () => void reload());

  // A status that anybody may have written keeps a key from being made; it never gives one.
  const refusal = (mayCreate: boolean): string | undefined => {
    if (!mayCreate) return 'nothing is written while the integration is suspended';
    const stated = watches.organizations.list().find(({ status }) => status.ownership?.clusterUID === uid());
    return stated && `the status of QuayOrganization ${stated.name} is signed`;
  };
  const load = async (mayCreate: boolean): Promise<ClusterKeys> => {
    const cluster = live;
    const keys = await ensureKeys({ client, cluster, namespace, refusal: () => refusal(mayCreate) });
    inUse = fingerprint(keys);
    return keys;
  };
  const reload = async (): Promise<void> => {
    const before = inUse;
    // Before they are first needed there is nothing to be told.
    if (before === undefined) return;
    known = undefined;
    await keeper.keys({ mayCreate: false }).catch(() => undefined);
    if (inUse !== before) handlers.forEach((handler) => handler());
  };
  const keeper: OwnershipKeeper = {
    keys: async ({ mayCreate }) => {
      const loading = (known ??= load(mayCreate));
      try {
        const keys = await loading;
        // One that was not to be made then may be made now.
        if (keys.signer === undefined && known === loading) known = undefined;
        return keys;
      } catch (error) {
        if (known === loading) known = undefined;
        throw error;
      }
    },
    onChange: (handler) => void handlers.push(handler),
    start: () =>
      named.watch('ownership', [
        { kind: 'Secret', namespace, name: ownershipSecretName },
        { kind: 'ConfigMap', namespace, name: ownershipKeysName },
      ]),
    stop: () => named.stop(),
  };
  return keeper;
}

function fingerprint({ publicKeys, signer, problem }: ClusterKeys): string {
  return JSON.stringify([[...(publicKeys?.keys() ?? [])].sort(), signer?.keyID, problem]);
}
