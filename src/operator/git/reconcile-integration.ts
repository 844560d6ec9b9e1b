import { anyFailureOf, type Failure } from '../../converge/index.js';
import { type StateRepository } from '../../git/index.js';
import { organizationKey } from '../../pipeline/organization-objects.js';
import { describeReport } from '../../policy/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type Terms } from '../term/terms.js';
import { type GitState, notePlanned, noteReconciled } from './git-state.js';
import { type PlanOperator, planSuspended } from './plan-suspended.js';
import { type GitOperator, type GitResult, reconcileGit } from './reconcile-git.js';

/** All that reconciling Git takes from the operator. */
export type ReconcileOperator = GitOperator & PlanOperator & Pick<Operator, 'log' | 'metrics'>;

interface Parts {
  readonly integrations: Integrations;
  readonly terms: Terms;
  readonly state: GitState;
}

/** When the same integration is to be reconciled again; nothing means: when something happens. */
export interface Next {
  readonly soon?: boolean;
  /** Milliseconds. */
  readonly due?: number | undefined;
}

/** Reconciles Git for an integration, or plans for one that is suspended; throws where a retry can help. */
export async function reconcileIntegration(operator: ReconcileOperator, parts: Parts, name: string): Promise<Next> {
  const { log, metrics, signal } = operator;
  const { integrations } = parts;
  const known = integrations.get(name);
  const repository = known?.repository.value;
  if (known === undefined || repository === undefined || signal.aborted) return {};
  const started = performance.now();
  const observe = (result: string): void =>
    metrics.reconcileDurationSeconds.observe({ controller: 'git', result }, (performance.now() - started) / 1000);
  log.debug({ integration: name }, 'reconciling Git');
  try {
    const { suspend } = known.integration.spec;
    const next = await (suspend ? plan(operator, parts, known, repository) : sync(operator, parts, known, repository));
    observe('success');
    log.debug({ integration: name }, 'reconciled Git');
    return next;
  } catch (error) {
    observe('failure');
    metrics.gitOperationsTotal.inc({ operation: 'push', result: 'failure' });
    const failure: Failure = anyFailureOf(error);
    integrations.report(name, { gitSync: failure });
    log.warn({ err: error, integration: name }, 'reconciling Git failed');
    // A retry would fail again; the next change, or the next poll of the branch, tries again.
    if (failure.retryable) throw error;
    return {};
  }
}

async function sync(
  operator: ReconcileOperator,
  { integrations, terms, state }: Parts,
  known: KnownIntegration,
  repository: StateRepository,
): Promise<Next> {
  const { name } = known.integration.metadata;
  integrations.report(name, { plan: undefined });
  const result = await reconcileGit(operator, integrations, known, {
    repository,
    terms,
    last: state.documents.get(name),
  });
  noteReconciled(state, name, result);
  logChanges(operator, name, result);
  countPush(operator, result);
  const there = new Set(operator.watches.organizations.list().map((live) => organizationKey(live.name)));
  // One that went meanwhile was not known to be missed.
  const soon = result.leaving.some((key) => !there.has(key));
  return { soon, due: result.due };
}

async function plan(
  operator: ReconcileOperator,
  { integrations, state }: Parts,
  known: KnownIntegration,
  repository: StateRepository,
): Promise<Next> {
  const quay = known.quay.value;
  if (quay === undefined) return {};
  notePlanned(
    state,
    known.integration.metadata.name,
    await planSuspended(operator, integrations, known, { repository, quay }),
  );
  return {};
}

/** How many changes of a sync are logged one by one. */
const mostLogged = 20;

function logChanges({ log }: Pick<Operator, 'log'>, integration: string, { reports }: GitResult): void {
  if (reports.length === 0) return;
  const changes = reports.slice(0, mostLogged).map(describeReport);
  log.info({ integration, count: reports.length, changes }, 'synced objects');
}

function countPush({ metrics }: Pick<Operator, 'metrics'>, { declared: { pass } }: GitResult): void {
  if (pass?.git.pushed !== true) return;
  const { attempts, change } = pass.git;
  metrics.gitOperationsTotal.inc({ operation: 'push', result: 'success' });
  metrics.gitPushRetriesTotal.inc(attempts - 1);
  metrics.gitBatchSize.observe(change.writes.size + change.deletes.length);
}
