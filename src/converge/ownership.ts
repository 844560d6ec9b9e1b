import { type OwnershipStatement, type Reason } from '../api/index.js';
import { type PendingOwnership } from '../ownership/index.js';
import type { Inventory } from '../plan/index.js';

/** Whose an organization is, and what follows from it. */
export type Ownership =
  | {
      readonly decision: 'Create' | 'Ours' | 'TakeOver';
      /** What holds once its mark is written. */
      readonly statement: OwnershipStatement;
      /** What holds until then, and after if that fails. */
      readonly confirmed: OwnershipStatement;
      /** The text of the mark, where it has to be written. */
      readonly marker?: string;
      /** What is known to be ours in it. */
      readonly inventory?: Inventory | undefined;
      readonly why?: string;
      /** What a person may agree to beside. */
      readonly pending?: PendingOwnership;
    }
  | RefusedOwnership;

export interface RefusedOwnership {
  readonly decision: 'Refused';
  readonly reason: Reason;
  readonly message: string;
  /** What a person may agree to. */
  readonly pending?: PendingOwnership;
  /** It is ours all the same, and only nothing can be signed: pull secrets go on. */
  readonly isOurs?: boolean;
}
