import type { Origin, QuayOrganizationSpec, Reason, Repository } from '../api/index.js';
import type { Action } from '../policy/index.js';
import type { PlannedChange } from './change.js';
import type { Claim } from './claim.js';
import type { ObservedOrganization, ObservedRepository } from './observed.js';
import type { Offers } from './offers.js';
import { kindOf } from './managed-items.js';

/** Something declared that the plan skips, and why. */
export interface Skipped {
  /** Name of the item, or the field of the document; in a plan as a person reads it. */
  readonly what: string;
  readonly reason: Reason;
  readonly message: string;
  /** What would have been done, where a policy forbids it. */
  readonly action?: Action;
}

/** The plan of one resource type: its changes, which existing items are ours, and what is skipped. */
export interface ResourcePlan {
  readonly changes: readonly PlannedChange[];
  readonly ours: readonly string[];
  readonly skipped: readonly Skipped[];
}

/** A listed repository: as declared, and as Quay has it or will have created it a moment before. */
export interface ListedRepository {
  readonly declared: Repository;
  readonly found: ObservedRepository;
  readonly isNew: boolean;
}

/** The input of every resource type. */
export interface Context {
  readonly spec: QuayOrganizationSpec;
  /** Of an organization that is still to be made: as Quay makes it. */
  readonly observed: ObservedOrganization;
  readonly origin: Origin;
  readonly claim: Claim;
  readonly offers: Offers;
  /** The listed repositories, by name. */
  readonly listed: readonly ListedRepository[];
  /** The token's user, who must stay an owner. */
  readonly tokenUser?: string;
  /** Whether the secret of an item is another than the one written last. */
  readonly secretChanged: (managedItem: string) => boolean;
  /** Why a thing may not have the Secret that it names: nothing is done about that thing. */
  readonly secretRefusal: (managedItem: string) => string | undefined;
  /** Robots and teams that this plan removes, as `robot/x` and `team/x`: Quay removes their permissions with them. */
  readonly leaving: ReadonlySet<string>;
}

export const nothing: ResourcePlan = { changes: [], ours: [], skipped: [] };

/** Several plans as one. */
export function together(plans: readonly ResourcePlan[]): ResourcePlan {
  return {
    changes: plans.flatMap((plan) => plan.changes),
    ours: plans.flatMap((plan) => plan.ours),
    skipped: plans.flatMap((plan) => plan.skipped),
  };
}

/** A resource type that could not be read: what is ours stays ours, and what is declared is skipped. */
export function unread(context: Context, prefix: string, declared: string | undefined): ResourcePlan {
  const below = `${prefix}/`;
  return {
    changes: [],
    ours: context.claim
      .kind(kindOf(prefix))
      .filter((managedItem) => managedItem === prefix || managedItem.startsWith(below)),
    skipped:
      declared === undefined
        ? []
        : [{ what: declared, reason: 'FeatureDisabled', message: 'Quay does not offer it, or does not show it' }],
  };
}
