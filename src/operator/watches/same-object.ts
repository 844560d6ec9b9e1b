import { isDeepStrictEqual } from 'node:util';
import { type Fields, recordOf } from '../../kube/index.js';

/** Whether two states of an object differ in nothing but the status, which is ours. */
export function hasSameIntent(before: Fields, after: Fields): boolean {
  const [one, other] = [recordOf(before.metadata), recordOf(after.metadata)];
  return (
    one.uid === other.uid &&
    one.deletionTimestamp === other.deletionTimestamp &&
    isDeepStrictEqual(one.annotations, other.annotations) &&
    isDeepStrictEqual(before.spec, after.spec)
  );
}
