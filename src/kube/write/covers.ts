import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../json/index.js';

/** Whether the live value has all that is declared, and where a list is stated nothing beside it. */
export function covers(live: unknown, declared: unknown): boolean {
  if (Array.isArray(declared)) {
    return Array.isArray(live) && live.length === declared.length && declared.every((one, at) => covers(live[at], one));
  }
  if (isRecord(declared)) {
    return isRecord(live) && Object.entries(declared).every(([key, value]) => covers(live[key], value));
  }
  return isDeepStrictEqual(live, declared);
}
