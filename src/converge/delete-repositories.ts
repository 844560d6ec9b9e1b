import type { QuayOrganization } from '../api/index.js';
import {
  decideRepositoryDeletion,
  withRepositoryDeletions,
  type Inventory,
  type LimitDecision,
  type RepositoryDeletionDecision,
  type RepositoryDeletionFacts,
} from '../plan/index.js';
import { applyChanges, type Applied } from './apply-changes.js';
import type { OrganizationResult } from './change-set.js';
import { applying, inventoryOf } from './converge-one.js';
import { limitOf, outcomeOfLimit, type OutcomeOfLimit } from './outcome-of-limit.js';
import { checkInventory } from './remembered.js';
import type { Run } from './run.js';
import { sealInventory } from './seal.js';

type Facts = Omit<RepositoryDeletionFacts, 'limit'>;
interface Candidate {
  readonly document: QuayOrganization | undefined;
  readonly result: OrganizationResult;
  readonly facts: readonly Facts[];
}

/** Results with the deletions of repositories in them, and what the limit holds. */
export interface RepositoryDeletions extends OutcomeOfLimit {
  readonly results: readonly OrganizationResult[];
}

const agreed: LimitDecision = { agrees: true, usesRelease: false };

/** The only place where a repository is deleted in Quay; the limit looks at those of all organizations together. */
export async function deleteRepositories(
  run: Run,
  results: readonly OrganizationResult[],
  documents: ReadonlyMap<string, QuayOrganization>,
): Promise<RepositoryDeletions> {
  const candidates = await run.each(results, async (result): Promise<Candidate> => {
    const document = documents.get(result.organization);
    return { document, result, facts: document === undefined ? [] : await factsAbout(run, result, document) };
  });
  const pending = candidates.flatMap(({ result, facts }) =>
    facts
      .filter((fact) => decideRepositoryDeletion({ ...fact, limit: agreed }).outcome === 'Delete')
      .map(({ repository }) => `${result.organization}/${repository}`),
  );
  const limit = limitOf(run.input.deletions?.repositories, pending);
  if (pending.length > 0 && limit.agrees && !run.readOnly)
    await run.input.beforeWrite?.({ type: 'Delete', kind: 'repositories', names: pending });
  const decided = await run.each(candidates, (candidate) => decideOne(run, candidate, limit));
  return { results: decided, ...outcomeOfLimit(limit, run.readOnly) };
}

async function factsAbout(
  { input, policy, readOnly, remembered }: Run,
  { plan, inventory, organization }: OrganizationResult,
  { spec }: QuayOrganization,
): Promise<readonly Facts[]> {
  const { namespace } = spec;
  if (plan === undefined || namespace === undefined) return [];
  return Promise.all(
    plan.candidates.map(async (repository) => ({
      repository,
      policy: spec.repositoryDeletionPolicy,
      inventory: readOnly ? remembered(organization).inventory : inventory,
      ban: policy.delete,
      // Both are fresh reads, and only made where they can lead to a deletion.
      imageStream:
        spec.repositoryDeletionPolicy === 'Delete' ? await input.facts.imageStream(namespace, repository) : 'Unknown',
      namespace: spec.repositoryDeletionPolicy === 'Delete' ? await input.facts.namespace(namespace) : 'Unknown',
    })),
  );
}

async function decideOne(
  run: Run,
  { document, result, facts }: Candidate,
  limit: LimitDecision,
): Promise<OrganizationResult> {
  const { plan } = result;
  if (facts.length === 0 || plan === undefined) return result;
  const decisions = Object.fromEntries(
    facts.map((fact): [string, RepositoryDeletionDecision] => [
      fact.repository,
      decideRepositoryDeletion({ ...fact, limit }),
    ]),
  );
  const passed = Object.keys(decisions).filter((repository) => decisions[repository]?.outcome === 'Delete');
  const deletions = withRepositoryDeletions({ ...plan, changes: [] }, passed).changes;
  const decided: OrganizationResult = {
    ...result,
    plan: withRepositoryDeletions(plan, passed),
    repositoryDeletions: decisions,
  };
  if (run.readOnly || run.isStopped()) return { ...decided, notDone: [...result.notDone, ...deletions] };
  // Between the count and now a stream may have come back, and a build pushed into it.
  const again = document === undefined ? [] : await factsAbout(run, result, document);
  const still = new Set(
    again
      .filter((fact) => decideRepositoryDeletion({ ...fact, limit }).outcome === 'Delete')
      .map(({ repository }) => repository),
  );
  const agreedOn = deletions.filter(({ change }) => 'repository' in change && still.has(change.repository ?? ''));
  const applied = await applyChanges(applying(run, result.organization), agreedOn);
  const done = [...result.done, ...applied.done];
  return {
    ...decided,
    done,
    failed: [...result.failed, ...applied.failed],
    notDone: [...result.notDone, ...applied.notDone],
    inventory: resealed(run, result, applied),
  };
}

/** What is left of the inventory, signed as before. */
function resealed({ input }: Run, { plan, inventory, organization }: OrganizationResult, applied: Applied): Inventory {
  if (plan === undefined) throw new TypeError('nothing was planned');
  const { statement } = checkInventory(input.ownership, organization, inventory);
  const left = inventoryOf(inventory, { ...plan, ours: inventory?.managedItems ?? plan.ours }, applied);
  return sealInventory(input.ownership, left, statement, inventory);
}
