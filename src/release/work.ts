import { type ReleasedObject } from './report.js';

/** One object to release, and how. */
export interface Work extends Pick<ReleasedObject, 'kind' | 'name' | 'finalizers'> {
  readonly make: () => Promise<'Done' | 'Gone'>;
}
