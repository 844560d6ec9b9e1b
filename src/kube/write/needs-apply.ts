import { type Fields, objectOrEmpty } from '../../json/index.js';
import { covers } from './covers.js';
import { isAsDeclared, ownedFields, type Ownership } from './owned.js';

/**
 * Whether applying the object would change the live one. With the live object's `managedFields` the answer is exact; without
 * them, as in a cache, a field that is no longer declared goes unnoticed.
 */
export function needsApply(live: Fields, declared: Fields, ownership: Ownership): boolean {
  const values = valuesOf(declared);
  if (objectOrEmpty(live.metadata).managedFields === undefined) return !covers(live, values);
  const owned = ownedFields(live, ownership);
  return owned === undefined || !isAsDeclared(owned, values, live);
}

/** What is declared of an object beside which object it is. */
function valuesOf(declared: Fields): Fields {
  const { apiVersion: _, kind: __, metadata, ...values } = declared;
  const { name: ___, namespace: ____, ...rest } = objectOrEmpty(metadata);
  return Object.keys(rest).length === 0 ? values : { ...values, metadata: rest };
}
