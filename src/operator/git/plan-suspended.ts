import { type QuayIntegrationStatus } from '../../api/index.js';
import { declaredDocuments, heldBack } from '../../pipeline/organization-pass.js';
import { convergeOrganizations } from '../../converge/index.js';
import { formatProblem } from '../../errors/index.js';
import { type StateReader, type StateWriter } from '../../git/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { convergeInput, type ConvergeOperator } from '../organizations/converge-input.js';
import { inventoryIn } from '../../converge/cache/observation-cache.js';
import { openSession, type SessionOperator } from './inputs.js';

/** What planning takes from the operator. */
export type PlanOperator = SessionOperator & ConvergeOperator & Pick<Operator, 'signal'>;

/** A plan that was made with all of Quay in view, and what it was held against. */
export interface Planned {
  /** The head of the branch; undefined while there is none. */
  readonly commit: string | undefined;
}

/** Renders, observes and plans without a write, and reports the plan in the status. Without an answer from Quay there is no plan. */
export async function planSuspended(
  operator: PlanOperator,
  integrations: Integrations,
  known: KnownIntegration,
  inputs: { readonly repository: StateReader & StateWriter; readonly quay: Quay },
): Promise<Planned | undefined> {
  const { name } = known.integration.metadata;
  const session = await openSession(operator, integrations, known, { repository: inputs.repository });
  const { documents, problems, pass } = await declaredDocuments(session, true);
  const lives = new Map(operator.watches.organizations.list().map((live) => [live.organization, live]));
  const common = await convergeInput(operator, integrations, known, {
    documents,
    quay: inputs.quay,
    inventory: (organization) => inventoryIn(lives.get(organization)?.status ?? {}, known.host),
    lastLabels: () => undefined,
    signal: operator.signal,
  });
  const { totals, stopped } = await convergeOrganizations({
    ...common,
    // Without a write nothing was ever applied.
    options: { dryRun: true, roles: true, concurrency: operator.settings.workers },
  });
  const { added = [], changed = [], removed = [] } = pass?.git ?? {};
  const plan: QuayIntegrationStatus['plan'] = {
    organizations: totals.organizations,
    planned: totals.planned,
    refused: totals.refused,
    unknown: totals.unknown,
    add: added.length,
    change: changed.length,
    remove: removed.length,
  };
  integrations.report(name, {
    gitSync: undefined,
    quay: stopped,
    reconciled: true,
    plan,
    unknown: pass?.rendered.organizations.rendering.unknown ?? [],
    problems: problems.map(formatProblem),
    reverted: heldBack({ pass }),
  });
  return stopped === undefined ? { commit: pass?.git.base } : undefined;
}
