import { type KubeClient, type Repairs } from '../kube/index.js';
import { type Policy, strictest } from '../policy/index.js';
import { type KubeObject, type LiveState, type Parent, readLive, syncObjects, type Synced } from '../sync/index.js';
import { type DocumentKind, type ReadKind, type RenderedKind } from './document-kind.js';

/** Where and how objects are applied. */
export interface Applying {
  readonly client: KubeClient;
  readonly repairs: Pick<Repairs, 'attempt' | 'hold'>;
  /** The object that has it written down what was applied together. */
  readonly parent: Parent;
  /** What is in the cluster, where it is watched. @default - it is read */
  readonly live?: Pick<LiveState, 'lives'> & Partial<LiveState>;
  /** What every object was meant to be the time before, by key, where there was one since the start. */
  readonly last: ReadonlyMap<string, KubeObject> | undefined;
  /** What may be done, beside what the kind itself says. */
  readonly policy: Policy;
  /** The hash of the objects that a person agrees to have pruned at once. */
  readonly released?: string | undefined;
  readonly signal: AbortSignal;
}

/** Applies the documents of one kind, as they were read from a tree, to the cluster. */
export async function syncKind<Read extends ReadKind>(
  kind: DocumentKind<RenderedKind, Read>,
  read: Read,
  { client, repairs, parent, last, signal, released, ...given }: Applying,
): Promise<Synced> {
  const objects = kind.objects(read);
  const { objectKinds: kinds, pruning } = kind;
  const live = given.live ?? (await readLive(client, { kinds, objects, parent }));
  return syncObjects({
    client,
    repairs,
    kinds,
    objects,
    last,
    signal,
    ...live,
    policy: strictest(given.policy, kind.policy?.(read) ?? {}),
    prune: {
      parent,
      when: pruning.when,
      most: pruning.most && { ...pruning.most, released },
      keeps: (one) => kind.keeps?.(one, read),
    },
  });
}
