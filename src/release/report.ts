import { type Failure } from '../converge/index.js';

/** One thing that is let go. */
export interface ReleasedThing {
  readonly kind: string;
  readonly name: string;
  /** What is taken off it; absent when the object itself is deleted. */
  readonly finalizers?: readonly string[];
  /** `Pending` in a dry run; `Gone` when somebody else was faster. */
  readonly outcome: 'Done' | 'Gone' | 'Pending' | 'Failed';
  readonly failure?: Failure;
}

/** What was let go, and what could not be. */
export interface ReleaseReport {
  readonly dryRun: boolean;
  /** Who holds the Lease of the operator; only where that did not end it. */
  readonly operator?: string;
  readonly things: readonly ReleasedThing[];
  /** Lists that could not be read. */
  readonly unread: readonly Failure[];
}
