import type { QuayOrganization } from '../api/index.js';
import {
  decideDeletion,
  isLasting,
  planOrganizationDeletion,
  withoutLimit,
  type DeletionDecision,
  type DeletionFacts,
  type LimitDecision,
} from '../plan/index.js';
import type { Ban } from '../policy/index.js';
import { nothingMore } from '../quay/index.js';
import { applyChanges } from './apply-changes.js';
import type { OrganizationResult } from './change-set.js';
import { applying } from './converge-one.js';
import { untouched } from './facts-of-one.js';
import { failureOf, stopsEverything } from './failure.js';
import { markIn } from './own.js';
import { limitOf, outcomeOfLimit, type OutcomeOfLimit } from './outcome-of-limit.js';
import type { Run } from './run.js';

type Facts = Omit<DeletionFacts, 'limit'>;

/** What became of the organizations that are no longer declared, and what the limit holds. */
export interface Deletions extends OutcomeOfLimit {
  readonly results: readonly OrganizationResult[];
}

/** The only place where an organization is deleted in Quay. All facts are read twice: to count, and just before. */
export async function deleteOrganizations(run: Run, gone: readonly QuayOrganization[]): Promise<Deletions> {
  const counted = await run.each(gone, async (document) => {
    const facts = await factsAbout(run, document);
    return { document, facts, outcome: withoutLimit(facts).outcome };
  });
  const named = (wanted: DeletionDecision['outcome']): readonly string[] =>
    counted.filter(({ outcome }) => outcome === wanted).map(({ facts }) => facts.organization);
  const pending = named('Delete');
  const { organizations: allowance } = run.input.deletions ?? {};
  // What could not be read may be read in a moment: until it is known to stay, it counts.
  const soon = [...(allowance?.soon ?? []), ...named('Wait')];
  const limit = limitOf(allowance && { ...allowance, soon }, pending);
  if (pending.length > 0 && limit.agrees && !run.readOnly)
    await run.input.beforeWrite?.({ type: 'Delete', kind: 'organizations', names: pending });
  const results = await run.each(counted, ({ document, facts }) => decideOne(run, document, facts, limit));
  return { results, ...outcomeOfLimit(limit, run.readOnly) };
}

async function decideOne(
  run: Run,
  document: QuayOrganization,
  counted: Facts,
  limit: LimitDecision,
): Promise<OrganizationResult> {
  const first = decideDeletion({ ...counted, limit });
  if (first.outcome !== 'Delete') return untouched(document, 'Gone', { deletion: first });
  const plan = planOrganizationDeletion(document.spec);
  const planned = untouched(document, 'Gone', { deletion: first, plan, notDone: plan.changes });
  if (run.readOnly || run.isStopped()) return planned;
  const deletion = decideDeletion({ ...(await factsAbout(run, document)), limit });
  if (deletion.outcome !== 'Delete') return untouched(document, 'Gone', { deletion });
  const { done, failed, notDone } = await applyChanges(applying(run, document.spec.name), plan.changes);
  return { ...planned, deletion, done, failed, notDone };
}

async function factsAbout(run: Run, document: QuayOrganization): Promise<Facts> {
  const { facts, identity, ownership } = run.input;
  const ban = banOf(run, document);
  const { clusterUID, clusterID } = identity;
  const { name: organization, namespace = '', deletionPolicy } = document.spec;
  const [isThere, fresh, observation] = await Promise.all([
    facts.integration(),
    namespace === '' ? 'Unknown' : facts.namespace(namespace),
    // A document that says Retain needs no look at Quay.
    deletionPolicy === 'Delete' && !(ban && isLasting(ban)) ? look(run, organization) : unread('it was not requested'),
  ]);
  return {
    organization,
    deletionPolicy,
    integration: isThere,
    ban,
    namespace: fresh,
    selectedByLists: facts.selectedByLists(namespace),
    selectedByLabels: facts.selectedByLabels(namespace),
    identity: { clusterUID, clusterID, namespace },
    observation,
    mark: markIn(run, organization, observation),
    remembered: run.remembered(organization).statement,
    hasKey: ownership.signer !== undefined || run.readOnly,
  };
}

/** Why it must not be deleted: what is said of this one comes before what holds for the whole run, unless nothing may be written. */
function banOf({ input, policy }: Run, document: QuayOrganization): Ban | undefined {
  const isSuspended = policy.delete?.reason === 'Suspended';
  const own = isSuspended ? undefined : input.policyOfGone?.(document).delete;
  return own ?? policy.delete;
}

const unread = (message: string): Facts['observation'] => ({ state: 'Unread', message });

async function look(run: Run, organization: string): Promise<Facts['observation']> {
  if (run.isStopped()) return unread('the run was interrupted');
  try {
    return await run.input.quay.observe(organization, nothingMore);
  } catch (error) {
    const failure = failureOf(error);
    if (stopsEverything(failure)) run.stop(failure);
    return unread(failure.message);
  }
}
