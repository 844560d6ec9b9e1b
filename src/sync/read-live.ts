import { toError } from '../errors/index.js';
import { type Fields, objectAt, objectOrEmpty, textOf, textsOf } from '../json/index.js';
import {
  failure,
  type KubeClient,
  listAll,
  listPath,
  readObject,
  resourceName,
  type ResourceType,
} from '../kube/index.js';
import { applySetId, type Parent, partOfLabel } from './inventory/apply-set.js';
import { openInventory } from './inventory/inventory.js';
import { contentsOf } from './inventory/contents.js';
import { groupKindIn, groupKindOf, keyOf, type LiveObject, objectKey, type SyncObject } from './sync-object.js';
import { type SyncInput } from './sync-input.js';
import { type Kinds, type KindTraits } from './traits.js';

/** What is read of a cluster for a sync. */
export type LiveState = Pick<Required<SyncInput>, 'lives' | 'unread' | 'unlisted'>;

interface Reading {
  readonly kinds: Kinds;
  readonly objects: readonly SyncObject[];
  readonly parent: Parent;
}

/** Reads the members of a set, and whatever has the name of a declared object; for kinds that nobody watches. */
export async function readLive(client: KubeClient, { kinds, objects, parent }: Reading): Promise<LiveState> {
  const { contents } = await openInventory(client, parent);
  const keys = objects.map(({ object }) => objectKey(object));
  const declared = contentsOf(keys, parent.named.namespace);
  const namespaces = new Set([
    ...contents.namespaces,
    ...declared.namespaces,
    ...(parent.named.namespace === undefined ? [] : [parent.named.namespace]),
  ]);
  const lives = new Map<string, LiveObject>();
  const unlisted = new Map<string, string>();
  for (const groupKind of new Set([...contents.groupKinds, ...declared.groupKinds])) {
    const traits = kinds.get(groupKind);
    try {
      if (traits === undefined) throw new Error('this version does not know the kind');
      for (const live of await listMembers(client, { traits, namespaces, set: applySetId(parent) })) {
        lives.set(live.key, live);
      }
    } catch (error) {
      unlisted.set(groupKind, toError(error).message);
    }
  }
  const unread = new Map<string, unknown>();
  for (const { object } of objects) {
    const key = objectKey(object);
    const traits = kinds.get(groupKindIn(key));
    if (traits === undefined || lives.has(key)) continue;
    const { name, namespace } = object.metadata;
    try {
      const found = await readObject(client, traits.type, { name, ...(namespace !== undefined && { namespace }) });
      if (found !== undefined) lives.set(key, liveObject(traits.type, found));
    } catch (error) {
      unread.set(key, error);
    }
  }
  return { lives: [...lives.values()], unread, unlisted };
}

interface Listing {
  readonly traits: KindTraits;
  readonly namespaces: ReadonlySet<string>;
  readonly set: string;
}

async function listMembers(
  client: KubeClient,
  { traits: { type, namespaced = true }, namespaces, set }: Listing,
): Promise<readonly LiveObject[]> {
  const lives: LiveObject[] = [];
  for (const namespace of namespaced ? namespaces : [undefined]) {
    const listed = await listAll((call) => client.call(call), {
      resource: resourceName(type),
      path: listPath(type, namespace),
      labelSelector: `${partOfLabel}=${set}`,
      keep: (object) => liveObject(type, object),
    });
    if (!('items' in listed)) throw failure(listed.call, listed.answer);
    lives.push(...listed.items);
  }
  return lives;
}

/** An object as it was read, with all that the API server says of it. */
export function liveObject(type: ResourceType, object: Fields): LiveObject {
  const metadata = objectOrEmpty(object.metadata);
  const finalizers: readonly unknown[] = Array.isArray(metadata.finalizers) ? metadata.finalizers : [];
  const named = { name: textOf(metadata.name) ?? '', namespace: textOf(metadata.namespace) };
  return {
    key: keyOf(groupKindOf(type), named),
    ...named,
    uid: textOf(metadata.uid) ?? '',
    deleting: metadata.deletionTimestamp !== undefined,
    labels: textsOf(metadata.labels),
    annotations: textsOf(metadata.annotations),
    finalizers: finalizers.filter((one) => typeof one === 'string'),
    spec: objectAt(object, 'spec'),
    // The items of a list do not say what they are.
    whole: { ...object, apiVersion: type.apiVersion, kind: type.kind },
  };
}
