import { type KubeClient } from '../client/kube-client.js';
import { appended, type Fields, objectOrEmpty, type PatchStep, pointer, removed } from '../../json/index.js';
import { resourceTypes } from '../resource-type.js';
import { patchGuarded } from './guarded-patch.js';

/** The lists of a service account that can name a secret: one for builds, one for pods. */
export type AccountList = 'secrets' | 'imagePullSecrets';

/** A secret, and the lists of a service account that it is to be in, or not. */
export interface PullSecretLink {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly secret: string;
  readonly linked: boolean;
  readonly manager: string;
  /** The account as it was seen last, with its `resourceVersion` and both lists. */
  readonly seen?: Fields | undefined;
  /** Default: both. */
  readonly lists?: readonly AccountList[];
}

const both: readonly AccountList[] = ['secrets', 'imagePullSecrets'];

/** Links a secret to a service account, or takes it off; nobody else's entry is touched. `Gone` when there is no such account. */
export async function linkPullSecret(
  client: Pick<KubeClient, 'call'>,
  link: PullSecretLink,
): Promise<'Unchanged' | 'Changed' | 'Gone'> {
  const { namespace, serviceAccount, manager } = link;
  const named = { namespace, name: serviceAccount };
  return patchGuarded(client, {
    type: resourceTypes.serviceAccount,
    named,
    manager,
    seen: link.seen,
    steps: (live) => linkSteps(live, link),
  });
}

/** What to change in a service account; nothing when it is right already. */
export function linkSteps(
  account: Fields,
  { secret, linked, lists = both }: Pick<PullSecretLink, 'secret' | 'linked' | 'lists'>,
): readonly PatchStep[] {
  return lists.flatMap((name) => {
    const list: readonly unknown[] | undefined = Array.isArray(account[name]) ? account[name] : undefined;
    const places = (list ?? []).flatMap((entry, at) => (objectOrEmpty(entry).name === secret ? [at] : []));
    if (!linked) return removed(pointer(name), places);
    return places.length > 0 ? [] : [appended(list, pointer(name), { name: secret })];
  });
}
