import { type QuayOrganizationStatus } from '../../api/index.js';
import { afterCreation } from '../../converge/cache/after-creation.js';
import { isHeldBack } from '../../converge/cache/ignored-changes.js';
import { type ChangeSet, convergeWithTokens, type OrganizationResult } from '../../converge/index.js';
import { type Inventory, type PlannedChange } from '../../plan/index.js';
import { type Ban, noDeletion } from '../../policy/index.js';
import { type RobotToken } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { reconcilingConditions } from '../status/conditions.js';
import { type StatusWriter } from '../status/write-status.js';
import { convergeInput } from './converge-input.js';
import { type Converging, type OrganizationOperator } from './converging.js';
import { recordIgnored, withoutWhatQuayIgnores } from './ignored.js';
import { writeReconciled } from './write-organization-status.js';

/** What was found and done in Quay. */
export interface InQuay {
  readonly result: OrganizationResult;
  readonly tokens: ReadonlyMap<string, RobotToken>;
  /** Whether the tokens may go to the namespace: it is ours, although perhaps nothing can be written. */
  readonly isHandedOut: boolean;
}

const elsewhere: Ban = {
  reason: 'DeletionHeld',
  message: 'it is decided together with the deletions in all organizations, so that the limit sees them all',
};

/** Converges the organization in Quay, and remembers what is ours there before and after. */
export async function convergeInQuay(
  operator: OrganizationOperator,
  integrations: Integrations,
  statuses: StatusWriter<QuayOrganizationStatus>,
  converging: Converging,
): Promise<InQuay> {
  const { live, document, known, quay, remembered, inventory, roles, signal, agreements } = converging;
  const remember = (value: Inventory): void => {
    remembered.inventory = { registry: known.host, object: live.name, value };
  };
  const common = await convergeInput(operator, integrations, known, {
    documents: [document],
    quay,
    inventory: () => inventory,
    lastLabels: () => live.status.namespaceLabels,
    signal,
  });
  const policy = noDeletion(elsewhere);
  const { ignored } = remembered;
  const isIgnored = (_: string, planned: PlannedChange): boolean => isHeldBack(ignored, planned, performance.now());
  const { changeSet, tokens: byOrganization } = await convergeWithTokens({
    ...common,
    policy,
    options: { dryRun: false, roles, isIgnored },
    agreement: { agrees: (pending) => agreements.agrees(known, pending) },
    beforeWrite: async (intent) => {
      if (intent.type !== 'Apply') return;
      remember(intent.inventory);
      const newConditions = reconcilingConditions('Progressing', 'applying changes to Quay');
      await writeReconciled(operator, statuses, converging, { newConditions, inventory: intent.inventory });
    },
  });
  const found = onlyResult(changeSet);
  const ours = byOrganization.get(found.organization);
  const tokens: InQuay['tokens'] = ours ?? new Map();
  if (found.inventory !== undefined) remember(found.inventory);
  remembered.observation ??= afterCreation(document.spec, found, tokens, performance.now());
  const look = async (): Promise<OrganizationResult> => {
    // Secrets that were just written are not written ones of another value.
    const now = { ...common, inventory: () => found.inventory ?? inventory };
    const again = await convergeWithTokens({ ...now, policy, options: { dryRun: true, roles } });
    return onlyResult(again.changeSet);
  };
  const result = await withoutWhatQuayIgnores(remembered, found, look);
  recordIgnored(operator.recordEvent, live, remembered, ignored);
  return { result, tokens, isHandedOut: isOurs(result) || ours !== undefined };
}

function onlyResult({ organizations: [result] }: ChangeSet): OrganizationResult {
  if (result === undefined) throw new TypeError('a document gave no result');
  return result;
}

/** Whether the organization is ours, or became so. */
export function isOurs({ decision }: OrganizationResult): boolean {
  return ['Create', 'Ours', 'TakeOver'].includes(decision);
}
