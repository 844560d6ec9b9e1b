import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../fields.js';

/** Whether the live value has all that is stated, and where a list is stated nothing beside it. */
export function covers(live: unknown, stated: unknown): boolean {
  if (Array.isArray(stated)) {
    return Array.isArray(live) && live.length === stated.length && stated.every((one, at) => covers(live[at], one));
  }
  if (isRecord(stated)) {
    return isRecord(live) && Object.entries(stated).every(([key, value]) => covers(live[key], value));
  }
  return isDeepStrictEqual(live, stated);
}
