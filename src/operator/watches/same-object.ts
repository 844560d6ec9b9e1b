import { isDeepStrictEqual } from 'node:util';
import { type Fields, objectOrEmpty } from '../../kube/index.js';

/** Whether two states of an object differ in nothing but the status, which is ours. */
export function hasSameIntent(before: Fields, after: Fields): boolean {
  const [one, other] = [objectOrEmpty(before.metadata), objectOrEmpty(after.metadata)];
  return (
    one.uid === other.uid &&
    one.deletionTimestamp === other.deletionTimestamp &&
    isDeepStrictEqual(one.annotations, other.annotations) &&
    isDeepStrictEqual(before.spec, after.spec)
  );
}
