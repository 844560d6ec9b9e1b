import { type Failure } from '../converge/index.js';

/** One object that is released. */
export interface ReleasedObject {
  readonly kind: string;
  readonly name: string;
  /** What is taken off it; absent when the object itself is deleted. */
  readonly finalizers?: readonly string[];
  /** `Pending` in a dry run; `Gone` when somebody else was faster. */
  readonly outcome: 'Done' | 'Gone' | 'Pending' | 'Failed';
  readonly failure?: Failure;
}

/** What was released, and what could not be. */
export interface ReleaseReport {
  readonly dryRun: boolean;
  /** Who holds the Lease of the operator; only where that did not end it. */
  readonly operator?: string;
  readonly objects: readonly ReleasedObject[];
  /** Lists that could not be read. */
  readonly unread: readonly Failure[];
}
