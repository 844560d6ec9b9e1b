import { type Fields, recordOf } from '../fields.js';
import { covers } from './covers.js';
import { isAsStated, ownedFields, type Ownership } from './owned.js';

/**
 * Whether applying the object would change the live one. With the live object's `managedFields` the answer is exact; without
 * them, as in a cache, a field that is no longer stated goes unnoticed.
 */
export function needsApply(live: Fields, stated: Fields, ownership: Ownership): boolean {
  const values = valuesOf(stated);
  if (recordOf(live.metadata).managedFields === undefined) return !covers(live, values);
  const owned = ownedFields(live, ownership);
  return owned === undefined || !isAsStated(owned, values, live);
}

/** What is stated of an object beside which object it is. */
function valuesOf(stated: Fields): Fields {
  const { apiVersion: _, kind: __, metadata, ...values } = stated;
  const { name: ___, namespace: ____, ...rest } = recordOf(metadata);
  return Object.keys(rest).length === 0 ? values : { ...values, metadata: rest };
}
