import { durationSeconds } from '../../api/index.js';

/** Of a duration as a spec has it; at least a second. */
export function millisecondsOf(duration: string): number {
  return Math.max(1, durationSeconds(duration)) * 1000;
}
