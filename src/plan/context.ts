import type { Origin, QuayOrganizationSpec, Reason, Repository } from '../api/index.js';
import type { PlannedChange } from './change.js';
import type { Claim } from './claim.js';
import type { ObservedOrganization, ObservedRepository } from './observed.js';
import type { Offers } from './offers.js';
import { kindOf } from './managed-items.js';

/** Something stated that the plan leaves alone, and why. */
export interface Skipped {
  /** Name of the thing, or the field of the document. */
  readonly what: string;
  readonly reason: Reason;
  readonly message: string;
}

/** What one family of things comes to: its changes, which of the things that exist are ours, and what is left alone. */
export interface FamilyPlan {
  readonly changes: readonly PlannedChange[];
  readonly ours: readonly string[];
  readonly skipped: readonly Skipped[];
}

/** A listed repository: stated, and as Quay has it or will have made it a moment before. */
export interface ListedRepository {
  readonly stated: Repository;
  readonly found: ObservedRepository;
  readonly isNew: boolean;
}

/** Everything that the families look at. */
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
  /** Whether the secret of a thing is another than the one written last. */
  readonly secretChanged: (thing: string) => boolean;
  /** Why a thing may not have the Secret that it names: nothing is done about that thing. */
  readonly secretRefusal: (thing: string) => string | undefined;
  /** Robots and teams that this plan removes, as `robot/x` and `team/x`: Quay removes their rights with them. */
  readonly leaving: ReadonlySet<string>;
}

export const nothing: FamilyPlan = { changes: [], ours: [], skipped: [] };

/** Several family plans as one. */
export function together(plans: readonly FamilyPlan[]): FamilyPlan {
  return {
    changes: plans.flatMap((plan) => plan.changes),
    ours: plans.flatMap((plan) => plan.ours),
    skipped: plans.flatMap((plan) => plan.skipped),
  };
}

/** A family that could not be read: what is ours stays ours, and what is stated is left alone. */
export function unread(context: Context, prefix: string, stated: string | undefined): FamilyPlan {
  const below = `${prefix}/`;
  return {
    changes: [],
    ours: context.claim.kind(kindOf(prefix)).filter((thing) => thing === prefix || thing.startsWith(below)),
    skipped:
      stated === undefined
        ? []
        : [{ what: stated, reason: 'FeatureDisabled', message: 'Quay does not offer it, or does not show it' }],
  };
}
