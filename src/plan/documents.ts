import type { QuayOrganizationSpec } from '../api/index.js';
import { assumeApplied } from './assume.js';
import { planOrganizationDeletion, withRepositoryDeletions } from './deletion-plan.js';
import { planOrganization, type OrganizationPlan } from './organization-plan.js';
import { secretRefsOf } from './secret-refs.js';

/**
 * What becomes of an organization in Quay when one document takes the place of another, as far as the documents can tell:
 * for a reader of a proposal, without a look at Quay.
 */
export function planDocuments(
  before: QuayOrganizationSpec | undefined,
  after: QuayOrganizationSpec | undefined,
): readonly OrganizationPlan[] {
  if (before !== undefined && after !== undefined && before.name === after.name) return [compare(before, after)];
  return [
    ...(before === undefined ? [] : [removal(before)]),
    ...(after === undefined ? [] : [planOrganization({ spec: after, observed: undefined, origin: 'created' })]),
  ];
}

function compare(before: QuayOrganizationSpec, after: QuayOrganizationSpec): OrganizationPlan {
  const { observed, inventory } = assumeApplied(before);
  const plan = planOrganization({
    spec: after,
    observed,
    origin: 'created',
    inventory: { ...inventory, secretHashes: references(before) },
    secretHashes: references(after),
    notes: notesOn(before, after),
  });
  return after.repositoryDeletionPolicy === 'Delete' ? withRepositoryDeletions(plan, plan.candidates) : plan;
}

/** A document names its secrets; another name counts as another secret. */
function references(spec: QuayOrganizationSpec): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...secretRefsOf(spec)].map(([managedItem, { ref }]) => [managedItem, `${ref.name}/${ref.key}`]),
  );
}

function removal(spec: QuayOrganizationSpec): OrganizationPlan {
  const deleted = spec.deletionPolicy === 'Delete' && spec.namespace !== undefined;
  if (deleted) return planOrganizationDeletion(spec, [`only once namespace ${spec.namespace} is gone`]);
  return { ...planOrganizationDeletion(spec, ['it stays in Quay as it is']), changes: [] };
}

function notesOn(before: QuayOrganizationSpec, after: QuayOrganizationSpec): readonly string[] {
  const policies = [
    ['deletionPolicy', 'the deletion policy'],
    ['repositoryDeletionPolicy', 'the deletion policy of repositories'],
  ] as const;
  return policies.flatMap(([field, name]) =>
    before[field] === after[field] ? [] : [`${name} becomes ${after[field]}, was ${before[field]}`],
  );
}
