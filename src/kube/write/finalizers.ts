import { appended, type Fields, objectOrEmpty, type PatchStep, pointer, removed } from '../../json/index.js';

const path = pointer('metadata', 'finalizers');

/** Puts a finalizer on an object that is not being deleted; nothing when it is there. */
export function addFinalizer(live: Fields, finalizer: string): readonly PatchStep[] {
  const { finalizers, deletionTimestamp } = objectOrEmpty(live.metadata);
  const list: readonly unknown[] | undefined = Array.isArray(finalizers) ? finalizers : undefined;
  // The API server refuses new ones on an object that is being deleted.
  if (deletionTimestamp !== undefined || list?.includes(finalizer) === true) return [];
  return [appended(list, path, finalizer)];
}

/** Takes finalizers off an object; nothing when none of them is there. */
export function removeFinalizers(live: Fields, unwanted: readonly string[]): readonly PatchStep[] {
  const { finalizers } = objectOrEmpty(live.metadata);
  const list: readonly unknown[] = Array.isArray(finalizers) ? finalizers : [];
  const places = list.flatMap((one, at) => (typeof one === 'string' && unwanted.includes(one) ? [at] : []));
  return removed(path, places);
}

/** Takes annotations off an object; nothing when none of them is there. */
export function removeAnnotations(live: Fields, unwanted: readonly string[]): readonly PatchStep[] {
  const annotations = objectOrEmpty(objectOrEmpty(live.metadata).annotations);
  return unwanted
    .filter((name) => name in annotations)
    .map((name) => ({ op: 'remove', path: pointer('metadata', 'annotations', name) }));
}
