import type { Change } from '../../plan/change.js';
import type { Applied, Applying } from './context.js';

/** Makes one change. */
export function applyChange(_applying: Applying, change: Change): Promise<Applied> {
  return Promise.reject(new Error(change.type));
}
