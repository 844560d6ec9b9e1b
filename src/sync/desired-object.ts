import { isDeepStrictEqual } from 'node:util';
import { fieldManager } from '../api/index.js';
import { needsApply } from '../kube/index.js';
import { partOfLabel } from './inventory/apply-set.js';
import { type KubeObject, type LiveObject } from './sync-object.js';
import { type KindTraits } from './traits.js';

type Texts = Readonly<Record<string, string>>;

/** What the sync puts on an object beside what is declared. */
export interface Additions {
  /** The set that it becomes a member of; none where there is no inventory. */
  readonly set?: string | undefined;
  readonly traits: Pick<KindTraits, 'finalizer'>;
}

/** The object that is applied for a declared one. */
export function desiredObject(object: KubeObject, { set, traits: { finalizer } }: Additions): KubeObject {
  const { metadata } = object;
  const labels = { ...metadata.labels, ...(set !== undefined && { [partOfLabel]: set }) };
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(finalizer !== undefined && { finalizers: [finalizer] }),
    },
  };
}

/** Whether the cluster has the object as it is meant to be. What was read whole is compared with what we own of it. */
export function isAsDesired(live: LiveObject, desired: KubeObject): boolean {
  if (live.whole !== undefined) {
    return !needsApply(live.whole, desired, { manager: fieldManager, apiVersion: desired.apiVersion });
  }
  const { labels = {}, annotations = {}, finalizers = [] } = desired.metadata as Metadata;
  return (
    isDeepStrictEqual(live.spec, desired.spec) &&
    finalizers.every((finalizer) => live.finalizers.includes(finalizer)) &&
    Object.entries(labels).every(([label, value]) => live.labels[label] === value) &&
    Object.entries(annotations).every(([name, value]) => live.annotations[name] === value)
  );
}

/** Whether a remembered object still has a label or an annotation that only its declaration before has put there. */
export function hasLeftOver(live: LiveObject, desired: KubeObject, before: KubeObject): boolean {
  const [now, earlier] = [desired.metadata, before.metadata];
  return (['labels', 'annotations'] as const).some((field) =>
    Object.entries(earlier[field] ?? {}).some(
      ([name, value]) => now[field]?.[name] === undefined && live[field][name] === value,
    ),
  );
}

interface Metadata {
  readonly labels?: Texts;
  readonly annotations?: Texts;
  readonly finalizers?: readonly string[];
}
