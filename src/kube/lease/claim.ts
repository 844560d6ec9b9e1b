import { isDeepStrictEqual } from 'node:util';
import { type LeaseRecord } from './lease-record.js';

/** A lease as it was last seen, and when its content was first seen, by our own clock. */
export interface Sighting {
  readonly record: LeaseRecord;
  readonly since: number;
}

/** What was seen before, and what is seen now: a record that has not changed keeps its age. */
export function sight(before: Sighting | undefined, record: LeaseRecord, now: number): Sighting {
  return before !== undefined && isDeepStrictEqual(before.record, record) ? before : { record, since: now };
}

/**
 * Whether a lease may be taken: nobody holds it, it is ours, or its holder has not renewed it for as long as it holds since
 * we saw it change. The times that are written in it do not count, so clocks may differ as they like.
 */
export function mayTake({ record, since }: Sighting, identity: string, now: number): boolean {
  const { holder, seconds } = record;
  return holder === undefined || holder === identity || now >= since + seconds * 1000;
}
