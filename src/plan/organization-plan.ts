import type { Origin, QuayOrganizationSpec } from '../api/index.js';
import type { PlannedChange } from './change.js';
import { claimOf } from './claim.js';
import { together, type Context, type ResourcePlan, type Skipped } from './context.js';
import { newOrganization, newRepository } from './empty.js';
import { planDefaultPermissions } from './resources/default-permissions.js';
import { planMirrors } from './resources/mirror.js';
import { planNotifications } from './resources/notifications.js';
import { planValues } from './resources/organization.js';
import { planPermissions } from './resources/permissions.js';
import { planPolicies } from './resources/policies.js';
import { planProxyCache } from './resources/proxy-cache.js';
import { planQuota } from './resources/quota.js';
import { planRepositories } from './resources/repositories.js';
import { planRobots } from './resources/robots.js';
import { planMembers } from './resources/team-members.js';
import { planTeamSync } from './resources/team-sync.js';
import { planTeams } from './resources/teams.js';
import type { Inventory } from './inventory.js';
import { compareText } from './keyed.js';
import type { ObservedOrganization } from './observed.js';
import { everyFeature, type Offers } from './offers.js';
import { inSafeOrder } from './order.js';
import { itemWords } from './managed-items.js';
import { planned } from './planned.js';
import { everythingAllowed, type Policy } from '../policy/index.js';
import { judgePlan } from './judge.js';
import { inShortNames } from './short-names.js';

/** What stands between one organization as Quay has it and as it is declared. */
export interface OrganizationPlan {
  readonly organization: string;
  readonly namespace?: string;
  readonly origin: Origin;
  /** In the order in which they are safe to apply. */
  readonly changes: readonly PlannedChange[];
  readonly skipped: readonly Skipped[];
  /** What a reader should know beside the changes. */
  readonly notes: readonly string[];
  /** Items that exist and are ours. */
  readonly ours: readonly string[];
  /** Repositories that we made for image streams which are no longer declared: for the deletion guard only. */
  readonly candidates: readonly string[];
  /** Hashes of the secrets as they are now, by item, where they could be read. */
  readonly secretHashes?: Readonly<Record<string, string>>;
}

/** All that a plan is made from. */
export interface PlanInput {
  readonly spec: QuayOrganizationSpec;
  /** Absent: it is still to be created. */
  readonly observed: ObservedOrganization | undefined;
  readonly origin: Origin;
  /** Text of the ownership marker, where it has to be written. */
  readonly marker?: string;
  /** Absent before the first one was written. */
  readonly inventory?: Inventory;
  readonly offers?: Offers;
  readonly tokenUser?: string;
  readonly secretHashes?: Readonly<Record<string, string>>;
  /** Why a thing may not have the Secret that it names, by thing. */
  readonly refusedSecrets?: ReadonlyMap<string, string>;
  readonly notes?: readonly string[];
  /** What may be done. @default - everything */
  readonly policy?: Policy;
}

/** Compares an organization with its document; what the policy forbids is skipped. */
export function planOrganization(asWritten: PlanInput): OrganizationPlan {
  const input = { ...asWritten, spec: inShortNames(asWritten.spec) };
  const { spec, observed, origin, secretHashes } = input;
  const context = contextOf(input);
  const first: PlannedChange[] = [
    ...(observed === undefined
      ? [planned({ type: 'CreateOrganization', ...(spec.email === undefined ? {} : { email: spec.email }) })]
      : []),
    ...(input.marker === undefined ? [] : [marking(input.marker, observed)]),
  ];
  const { candidates, ...all } = planResources(context);
  const plan: OrganizationPlan = {
    organization: spec.name,
    ...(spec.namespace === undefined ? {} : { namespace: spec.namespace }),
    origin,
    changes: inSafeOrder([...first, ...all.changes]),
    skipped: all.skipped
      .toSorted((one, other) => compareText(one.what, other.what))
      .map((one) => ({ ...one, what: itemWords(one.what) })),
    notes: input.notes ?? [],
    ours: [...new Set(all.ours)].sort(),
    candidates,
    ...(secretHashes === undefined ? {} : { secretHashes }),
  };
  return judgePlan(plan, input.policy ?? everythingAllowed);
}

/** The mark of an organization that is still to be made belongs to its creation. */
function marking(description: string, observed: ObservedOrganization | undefined): PlannedChange {
  return planned({ type: 'WriteMarker', description }, undefined, observed === undefined ? 'create' : 'change');
}

function planResources(context: Context): ResourcePlan & { readonly candidates: readonly string[] } {
  const robots = planRobots(context);
  const teams = planTeams(context);
  const leaving = new Set(
    [...robots.changes, ...teams.changes].flatMap(({ change, managedItem }) =>
      managedItem !== undefined && (change.type === 'DeleteRobot' || change.type === 'DeleteTeam') ? [managedItem] : [],
    ),
  );
  const rest: Context = { ...context, leaving };
  const repositories = planRepositories(rest);
  const resourcePlans = together([
    planValues(rest),
    planQuota(rest),
    robots,
    teams,
    planTeamSync(rest),
    planMembers(rest),
    planDefaultPermissions(rest),
    planProxyCache(rest),
    repositories,
    planPermissions(rest),
    planPolicies(rest),
    planMirrors(rest),
    planNotifications(rest),
  ]);
  return { ...resourcePlans, candidates: repositories.candidates };
}

function contextOf(input: PlanInput): Context {
  const { spec, origin, inventory, secretHashes, tokenUser } = input;
  const offers = input.offers ?? everyFeature;
  const observed = input.observed ?? newOrganization(spec.name, spec.email ?? '', offers);
  const byName = new Map(observed.repositories.map((repository) => [repository.name, repository]));
  const listed = spec.repositories
    .toSorted((one, other) => compareText(one.name, other.name))
    .map((declared) => {
      const found = byName.get(declared.name);
      const { name, visibility = 'private', description = '' } = declared;
      return {
        declared,
        found: found ?? newRepository(name, { visibility, description }, offers),
        isNew: found === undefined,
      };
    });
  return {
    spec,
    observed,
    origin,
    claim: claimOf(inventory?.managedItems, origin),
    offers,
    listed,
    secretChanged: (managedItem) =>
      secretHashes?.[managedItem] !== undefined && secretHashes[managedItem] !== inventory?.secretHashes?.[managedItem],
    secretRefusal: (managedItem) => input.refusedSecrets?.get(managedItem),
    leaving: new Set(),
    ...(tokenUser === undefined ? {} : { tokenUser }),
  };
}
