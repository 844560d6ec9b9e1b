import type { QuayOrganization } from '../api/index.js';
import {
  effectOf,
  inventoryAfter,
  inventoryBefore,
  type Inventory,
  type OrganizationPlan,
  type PlannedChange,
} from '../plan/index.js';
import { applyChanges, type Applied, type Applying } from './apply-changes.js';
import type { OrganizationResult } from './change-set.js';
import { failureOf, stopsEverything } from './failure.js';
import { shown, type Tokens, untouched } from './facts-of-one.js';
import { lookAt, type Look } from './plan-one.js';
import type { Run } from './run.js';
import { sealInventory } from './seal.js';

/** One that is planned. */
type Planned = Extract<Look, { readonly plan: OrganizationPlan }>;

/** A result, which anybody may print, and beside it the tokens, which nobody may. */
export interface ConvergedOne {
  readonly result: OrganizationResult;
  /** Those that Quay has after the run; absent where nothing was applied. */
  readonly tokens?: Tokens;
}

/** Applies one document to its organization, as far as Quayside owns it. */
export async function convergeOne(run: Run, document: QuayOrganization): Promise<ConvergedOne> {
  if (run.isStopped()) return { result: untouched(document, 'NotReached') };
  const refusal = refuse(run, document);
  if (refusal !== undefined) return { result: refusal };
  let look: Look;
  try {
    look = await lookAt(run, document);
  } catch (error) {
    const failure = failureOf(error);
    if (stopsEverything(failure)) run.stop(failure);
    return { result: untouched(document, 'Failed', { failure }) };
  }
  if (look.plan === undefined) return refused(document, look);
  const { ownership, plan } = look;
  const planned = untouched(document, ownership.decision, {
    plan: shown(plan),
    ...(ownership.why === undefined ? {} : { message: ownership.why }),
    ...(ownership.pending && { pending: ownership.pending }),
  });
  if (run.readOnly) return { result: { ...planned, notDone: plan.changes } };
  const applied = await write(run, look);
  run.input.onProgress?.({ organization: plan.organization, event: 'finished' });
  const { done, failed, notDone } = applied;
  return {
    result: { ...planned, done, failed, notDone, inventory: sealedOf(run, look, applied) },
    tokens: new Map([...look.tokens, ...applied.tokens]),
  };
}

function refused(document: QuayOrganization, { ownership, tokens }: Look): ConvergedOne {
  if (ownership.decision !== 'Refused') throw new TypeError('it was not refused');
  const { reason, message, pending, isOurs = false } = ownership;
  const result = untouched(document, 'Refused', { reason, message, ...(pending && { pending }) });
  return isOurs ? { result, tokens } : { result };
}

/** What is to be kept of it, signed. */
function sealedOf(run: Run, { ownership, plan }: Planned, applied: Applied): Inventory {
  const { statement, confirmed, inventory: before } = ownership;
  const inventory = inventoryOf(before, plan, applied);
  const isMarked = ownership.marker === undefined || applied.done.some(({ change }) => change.type === 'WriteMarker');
  const isThere = inventory.origin !== undefined;
  const holding = isMarked ? statement : confirmed;
  const { organization } = plan;
  const stated = isThere ? holding : undefined;
  return sealInventory(run.input.ownership, inventory, stated, run.input.inventory(organization));
}

/** Documents that nothing is written for, whatever Quay holds. */
function refuse({ input }: Run, document: QuayOrganization): OrganizationResult | undefined {
  const { namespace } = document.spec;
  if (namespace === undefined) return undefined;
  const seen = input.facts.namespaceLastSeen?.(namespace) ?? 'Unknown';
  if (seen === 'Gone' || seen === 'Terminating') {
    const message = `namespace ${namespace} is ${seen === 'Gone' ? 'gone' : 'terminating'}`;
    return untouched(document, 'Refused', { reason: 'NamespaceGone', message });
  }
  if (input.facts.selectedByLists(namespace) !== 'No') return undefined;
  const message = `integration ${document.spec.integration} does not select namespace ${namespace}`;
  return untouched(document, 'Refused', { reason: 'NamespaceNotSelected', message });
}

async function write(run: Run, { plan, ownership }: Planned): Promise<Applied> {
  const makesSomething = plan.changes.some(
    ({ change, managedItem }) => managedItem !== undefined && effectOf(change) === 'makes',
  );
  if (makesSomething || isNew(run, plan.organization, ownership)) {
    const { organization } = plan;
    const planned = inventoryBefore(ownership.inventory, known(plan, []));
    // What a creation will make is announced; it is no memory of one until its mark is there.
    const inventory = sealInventory(run.input.ownership, planned, ownership.confirmed);
    await run.input.beforeWrite?.({ type: 'Apply', organization, inventory });
  }
  return applyChanges(applying(run, plan.organization), plan.changes);
}

/** Whether a mark is about to be written that nothing remembers: cut after it, nobody would know it for our own. */
function isNew(run: Run, organization: string, { statement, marker }: Planned['ownership']): boolean {
  return marker !== undefined && run.remembered(organization).statement?.serial !== statement.serial;
}

/** How changes are made in this run. */
export function applying(run: Run, organization: string): Applying {
  const { quay, integration, secrets, onProgress } = run.input;
  return { quay, organization, integration, secrets, onProgress, isStopped: run.isStopped, stop: run.stop };
}

/** An organization that nobody is seen to have made is not remembered as ours: another one of its name would be taken for it. */
function known(
  plan: OrganizationPlan,
  done: readonly PlannedChange[],
): Omit<OrganizationPlan, 'origin'> & Pick<Inventory, 'origin'> {
  const isCreation = ({ change }: PlannedChange): boolean => change.type === 'CreateOrganization';
  return plan.changes.some(isCreation) && !done.some(isCreation) ? { ...plan, origin: undefined } : plan;
}

/**
 * What failed may have been done all the same: Quay can create an item and lose the answer. What was there before anybody of us
 * made it is somebody else's, unless it was ours before.
 */
export function inventoryOf(
  before: Inventory | undefined,
  plan: OrganizationPlan,
  { done, failed, found }: Pick<Applied, 'done' | 'failed' | 'found'>,
): Inventory {
  const wasOurs = new Set(before?.managedItems);
  const isOurs = (planned: PlannedChange): boolean =>
    !found.includes(planned) || (planned.managedItem !== undefined && wasOurs.has(planned.managedItem));
  const perhaps = failed
    .map(({ change }): PlannedChange => change)
    .filter((planned) => effectOf(planned.change) === 'makes' && isOurs(planned));
  const after = inventoryAfter(before, known(plan, done), done.filter(isOurs));
  return perhaps.length === 0
    ? after
    : {
        ...after,
        managedItems: inventoryBefore(after, { ...plan, ours: after.managedItems, changes: perhaps }).managedItems,
      };
}
