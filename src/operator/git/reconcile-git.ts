import {
  acceptHistoryAnnotation,
  acceptTermAnnotation,
  faultsAnnotation,
  ignoredAnnotation,
  proposeAgainAnnotation,
} from '../../api/index.js';
import { isIgnored } from '../../pipeline/read-state-files.js';
import { type Declared, declaredDocuments } from '../../pipeline/organization-pass.js';
import { type Proposal } from '../../pipeline/publish-reviewed.js';
import { type Session } from '../../pipeline/session.js';
import { toError } from '../../errors/index.js';
import { type Head, type StateRepository } from '../../git/index.js';
import { statePaths } from '../../names/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type Terms } from '../term/terms.js';
import { ignoredNow } from '../status/integration-report.js';
import { ignoredIn, reportOf } from './report.js';
import { faultsOfNamespace } from './faults-of-namespace.js';
import { markObjects } from './mark-objects.js';
import { branchLock, openSession, type SessionOperator } from './inputs.js';
import { organizationKind } from '../../pipeline/organization-kind.js';
import { liveOrganizationObject } from '../../pipeline/organization-objects.js';
import { syncKind } from '../../pipeline/sync-kind.js';
import { onlyGrow, type Policy, strictest } from '../../policy/index.js';
import { type KubeObject, type Synced } from '../../sync/index.js';
import { consumeAnnotation } from './consume-annotation.js';
import { historyOf } from './history.js';
import { dueOf, reviewReport, tellProposal } from './proposal.js';
import { tellApplied, tellBegun, tellRefused } from './tell-applied.js';

/** What reconciling Git for one integration takes from the operator. */
export type GitOperator = SessionOperator &
  Pick<Operator, 'client' | 'locks' | 'repairs' | 'signal' | 'recordEvent' | 'metrics' | 'log'>;

/** The state repository, and what every object was meant to be in the reconciliation before, by key. */
export interface Start {
  readonly repository: StateRepository;
  readonly terms: Terms;
  readonly last: ReadonlyMap<string, KubeObject> | undefined;
}

/** The result of one reconciliation of Git. */
export interface GitResult extends Omit<Synced, 'faults'> {
  readonly head: Head | undefined;
  readonly declared: Declared;
}

/** Reconciles Git for one integration once: cluster to Git, and Git to objects of the cluster. */
export async function reconcileGit(
  operator: GitOperator,
  integrations: Integrations,
  known: KnownIntegration,
  { repository, terms, last }: Start,
): Promise<GitResult> {
  const { name } = known.integration.metadata;
  const duplicated = await terms.look(known, repository);
  const session = await openSession(operator, integrations, known, {
    repository,
    nothingGoes: duplicated !== undefined,
  });
  const declared = await operator.locks
    .hold([branchLock(repository)], () => declaredDocuments(session, false))
    .catch(async (why: unknown) => {
      await tellRefused(operator, known, repository, { before: lastApplied(integrations, name), why });
      throw why;
    });
  const { head, git, proposal } = declared.pass ?? {};
  tellProposal(operator, known, proposal);
  const reported = integrations.reported(name);
  const before = lastApplied(integrations, name);
  const diverged = await historyOf(known, repository, head, before);
  const isHistoryKnown = diverged === undefined && duplicated === undefined;
  const policy = policyOfSync(diverged, duplicated);
  await tellBegun(operator, known, { before, head });
  const { faults, ...output } = await syncToCluster(operator, known, { session, declared, last, policy });
  const isWhole = isHistoryKnown && isApplied(declared, faults, operator);
  integrations.report(name, {
    ...reportOf(declared, output),
    ignored: ignoredIn(declared, isHistoryKnown ? undefined : ignoredBefore(integrations, name)),
    duplicated,
    diverged,
    ...(isWhole && head !== undefined && { applied: head.commit }),
    ...(await reviewReport(known, proposal, reported)),
  });
  const came = { before, head, declared, isWhole, faults, reports: output.reports };
  const lookAgain = await tellApplied(operator, known, came);
  // What base holds is applied all the same.
  if (git?.fault !== undefined) throw git.fault;
  // After the report: the status that notes the term says as well that Git was reconciled.
  if (duplicated === undefined) await terms.take(known, repository);
  if (faults.length > 0) throw toError(faults[0]);
  await consumeAgreements(operator, known, { term: duplicated === undefined, history: isWhole, proposal });
  return { head, declared, ...output, ...soonest(output.due, dueOf(proposal), lookAgain) };
}

/** Whether all that is declared was applied: what was cut short was not. */
function isApplied(
  { complete }: Declared,
  faults: readonly unknown[],
  { signal }: Pick<GitOperator, 'signal'>,
): boolean {
  return complete && faults.length === 0 && !signal.aborted;
}

/** The earlier of two times to look again. */
function soonest(...times: readonly (number | undefined)[]): Pick<Synced, 'due'> {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? {} : { due: Math.min(...known) };
}

/** What a person agreed to is used up once it has done its work. */
async function consumeAgreements(
  operator: GitOperator,
  known: KnownIntegration,
  {
    term,
    history,
    proposal,
  }: { readonly term: boolean; readonly history: boolean; readonly proposal: Proposal | undefined },
): Promise<void> {
  if (term) await consumeAnnotation(operator, known, acceptTermAnnotation);
  if (history) await consumeAnnotation(operator, known, acceptHistoryAnnotation);
  if (proposal?.outcome !== undefined) await consumeAnnotation(operator, known, proposeAgainAnnotation);
}

function ignoredBefore(integrations: Integrations, name: string): ReturnType<typeof ignoredNow> {
  return ignoredNow(integrations.reported(name), integrations.status(name));
}

function lastApplied(integrations: Integrations, name: string): string | undefined {
  return integrations.reported(name).applied ?? integrations.status(name)?.lastAppliedCommit;
}

/** While the history is not what it was, or somebody else writes it, nothing goes. */
function policyOfSync(diverged: string | undefined, duplicated: string | undefined): Policy {
  return strictest(
    diverged === undefined ? {} : onlyGrow({ reason: 'HistoryDiverged', message: diverged }),
    duplicated === undefined ? {} : onlyGrow({ reason: 'InstallationDuplicated', message: duplicated }),
  );
}

interface ToCluster extends Pick<Start, 'last'> {
  readonly session: Session;
  readonly declared: Declared;
  readonly policy: Policy;
}

const nothing: Synced = { meant: new Map(), reports: [], leaving: [], refused: [], faults: [] };

/** Applies what Git holds to the cluster, where nobody else does. */
async function syncToCluster(
  operator: GitOperator,
  { type }: Pick<KnownIntegration, 'type'>,
  { session, declared, last, policy }: ToCluster,
): Promise<Synced> {
  const { spec, metadata } = session.inputs.integration;
  if (spec.git.sync !== 'BuiltIn') return nothing;
  const synced = await syncKind(organizationKind(session), declared, {
    client: operator.client,
    repairs: operator.repairs,
    parent: { type, named: { name: metadata.name } },
    live: { lives: operator.watches.organizations.list().map(liveOrganizationObject) },
    last,
    policy,
    signal: operator.signal,
  });
  const files = declared.pass?.rendered.organizations.files ?? { ignore: undefined };
  const paths = statePaths(session.inputs.id, spec.git.path);
  await markObjects(operator, metadata.name, {
    [ignoredAnnotation]: ({ namespace = '', organization, annotations }) => {
      const before = policy.remove === undefined ? undefined : annotations[ignoredAnnotation];
      return isIgnored(files, { spec: { namespace, name: organization } }) ? 'true' : before;
    },
    [faultsAnnotation]: ({ namespace = '' }) => faultsOfNamespace(declared.problems, paths, namespace),
  });
  return synced;
}
