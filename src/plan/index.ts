export { isAsFound } from './as-found.js';
export { assumeObserved } from './assume.js';
export type { Change, PlannedChange, Risk } from './change.js';
export type * from './observed.js';
export type { Skipped } from './context.js';
export type { Fact, NamespaceFact } from './fact.js';
export { decideDeletion, isLasting, withoutLimit, type DeletionDecision, type DeletionFacts } from './deletion.js';
export { planOrganizationDeletion, withRepositoryDeletions } from './deletion-plan.js';
export { planDocuments } from './documents.js';
export { withoutIgnored } from './ignored.js';
export { effectOf, type Effect } from './effect.js';
export { organizationDocument, type ExportOptions, type ExportedOrganization } from './export/organization.js';
export { inventoryAfter, inventoryBefore, readInventory, writeInventory, type Inventory } from './inventory.js';
export { countsAt, decideLimit, deletionsHash, type LimitDecision, type LimitFacts } from './limit.js';
export { isLacking } from './lacking.js';
export { needsOf } from './needs.js';
export { everyFeature, type Offers } from './offers.js';
export { inSafeOrder } from './order.js';
export { planOrganization, type OrganizationPlan, type PlanInput } from './organization-plan.js';
export {
  decideRepositoryDeletion,
  type RepositoryDeletionDecision,
  type RepositoryDeletionFacts,
} from './repository-deletion.js';
export { provides, requires } from './requires.js';
export { riskOf, risksBySeverity } from './risk.js';
export { type NamedSecret, secretRefsOf, type SecretUse, secretUseOf } from './secret-refs.js';
export { countChanges, several, type Counts } from './text/counts.js';
export { describePlansInMarkdown, type Section } from './text/markdown.js';
export { describePlan, summarize } from './text/terminal.js';
export { itemParts, itemWords, managedItems } from './managed-items.js';
export { administratorTeams, hasPredecessorsContent, isUntouched } from './untouched.js';
export { wordsOf } from './words.js';
