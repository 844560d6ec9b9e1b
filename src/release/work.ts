import { type ReleasedThing } from './report.js';

/** One thing to let go, and how. */
export interface Work extends Pick<ReleasedThing, 'kind' | 'name' | 'finalizers'> {
  readonly make: () => Promise<'Done' | 'Gone'>;
}
