import {
  acceptHistoryAnnotation,
  acceptTermAnnotation,
  ignoredAnnotation,
  type QuayIntegration,
  type QuayOrganization,
} from '../../api/index.js';
import { checkStateHistory } from '../../pipeline/check-history.js';
import { isIgnored } from '../../pipeline/read-state-files.js';
import { type Declared, declaredDocuments } from '../../pipeline/organization-pass.js';
import { type Session } from '../../pipeline/session.js';
import { type Problem, toError } from '../../errors/index.js';
import { type Head, type StateRepository } from '../../git/index.js';
import { claims } from '../../integration/index.js';
import { statePaths } from '../../names/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type Terms } from '../term/terms.js';
import { ignoredNow } from '../status/integration-report.js';
import { grow } from '../../desired/index.js';
import { isReadable, readOrganization } from '../organizations/read-organization.js';
import { type Watches } from '../watches/watches.js';
import { ignoredIn, reportOf } from './report.js';
import { markIgnored } from './mark-ignored.js';
import { branchLock, openSession, type SessionOperator } from './inputs.js';
import { syncDocuments, type Synced } from '../../sync/index.js';
import { consumeAnnotation } from './consume-annotation.js';

/** What reconciling Git for one integration takes from the operator. */
export type GitOperator = SessionOperator & Pick<Operator, 'client' | 'locks' | 'repairs' | 'signal'>;

/** The state repository, and the desired objects of the reconciliation before, by name. */
export interface Start {
  readonly repository: StateRepository;
  readonly terms: Terms;
  readonly last: ReadonlyMap<string, QuayOrganization> | undefined;
}

/** The result of one reconciliation of Git. */
export interface GitResult {
  readonly head: Head | undefined;
  readonly declared: Declared;
  /** What the objects were meant to be. */
  readonly documents: readonly QuayOrganization[];
  /** Objects that were being deleted, and have to be made again once they are gone. */
  readonly leaving: readonly string[];
  /** Objects that the API server will not have as they are. */
  readonly refused: readonly Problem[];
  /** Milliseconds until an object may be written again that somebody else changes each time. */
  readonly due?: number;
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
  const declared = await operator.locks.hold([branchLock(repository)], () => declaredDocuments(session, false));
  const { head, git } = declared.pass ?? {};
  const diverged = await historyOf(known, repository, head, lastApplied(integrations, name));
  const isHistoryKnown = diverged === undefined && duplicated === undefined;
  const { faults, ...output } = await syncToCluster(operator, integrations, {
    session,
    declared,
    last,
    isHistoryKnown,
  });
  const isWhole = declared.complete && isHistoryKnown && faults.length === 0;
  integrations.report(name, {
    ...reportOf(declared, output.refused),
    ignored: ignoredIn(declared, isHistoryKnown ? undefined : ignoredBefore(integrations, name)),
    duplicated,
    diverged,
    ...(isWhole && head !== undefined && { applied: head.commit }),
  });
  // What base holds is applied all the same.
  if (git?.fault !== undefined) throw git.fault;
  // After the report: the status that notes the term says as well that Git was reconciled.
  if (duplicated === undefined) await terms.take(known, repository);
  if (faults.length > 0) throw toError(faults[0]);
  await consumeAgreements(operator, known, { term: duplicated === undefined, history: isWhole });
  return { head, declared, ...output };
}

/** What a person agreed to is used up once it has done its work. */
async function consumeAgreements(
  operator: GitOperator,
  known: KnownIntegration,
  { term, history }: { readonly term: boolean; readonly history: boolean },
): Promise<void> {
  if (term) await consumeAnnotation(operator, known, acceptTermAnnotation);
  if (history) await consumeAnnotation(operator, known, acceptHistoryAnnotation);
}

/** What is wrong with the history of the branch, unless a person has agreed to it. */
async function historyOf(
  { id, integration }: KnownIntegration,
  repository: StateRepository,
  head: Head | undefined,
  last: string | undefined,
): Promise<string | undefined> {
  if (isAccepted(integration, head)) return undefined;
  const diverged = await checkStateHistory(repository, head, last, statePaths(id, integration.spec.git.path));
  return diverged && `${diverged.message}. ${howToAccept(head)}`;
}

function ignoredBefore(integrations: Integrations, name: string): ReturnType<typeof ignoredNow> {
  return ignoredNow(integrations.reported(name), integrations.status(name));
}

function lastApplied(integrations: Integrations, name: string): string | undefined {
  return integrations.reported(name).applied ?? integrations.status(name)?.lastAppliedCommit;
}

interface SyncInput extends Pick<Start, 'last'> {
  readonly session: Session;
  readonly declared: Declared;
  readonly isHistoryKnown: boolean;
}

type SyncOutput = Pick<GitResult, 'documents'> & Synced;

/** The documents as objects of the cluster. */
async function syncToCluster(
  operator: GitOperator,
  integrations: Integrations,
  { session, declared, last, isHistoryKnown }: SyncInput,
): Promise<SyncOutput> {
  const { integration, id } = session.inputs;
  const { name } = integration.metadata;
  if (integration.spec.git.sync !== 'BuiltIn') {
    return { documents: declared.documents, leaving: [], refused: [], faults: [] };
  }
  const documents =
    isHistoryKnown && !declared.onlyGrow ? declared.documents : grownDocuments(declared.documents, operator.watches);
  const { namespaces } = session.known.snapshot;
  const { owners } = claims(
    session.known.selectors,
    namespaces.known ? namespaces.items : [],
    session.known.currentOwners ?? new Map(),
  );
  // Whoever has the namespace now takes the object over as it is, where he calls it by the same name.
  const isTakenOver = (owner = name): boolean => owner !== name && (integrations.get(owner)?.id ?? id) === id;
  const synced = await syncDocuments({
    client: operator.client,
    repairs: operator.repairs,
    lives: operator.watches.organizations.list(),
    signal: operator.signal,
    integration: name,
    documents,
    last,
    mayPrune: ({ organization, namespace = '' }) =>
      declared.complete &&
      isHistoryKnown &&
      !declared.withheld.has(organization) &&
      !isTakenOver(owners.get(namespace)),
  });
  const files = declared.pass?.rendered.organizations.files ?? { ignore: undefined };
  await markIgnored(operator, name, ({ namespace = '', organization, annotations }) => {
    const wasIgnored = !isHistoryKnown && annotations[ignoredAnnotation] !== undefined;
    return wasIgnored || isIgnored(files, { spec: { namespace, name: organization } });
  });
  return { documents, ...synced };
}

/** The documents merged with the objects of the cluster, until a person agrees to the history. */
function grownDocuments(
  documents: readonly QuayOrganization[],
  { organizations }: Pick<Watches, 'organizations'>,
): readonly QuayOrganization[] {
  const lives = new Map(organizations.list().map((live) => [live.name, live]));
  return documents.flatMap((document) => {
    const live = lives.get(document.metadata.name);
    if (live === undefined) return [document];
    // An object that cannot be read stays as it is.
    return isReadable(live) ? [grow(readOrganization(live), document)] : [];
  });
}

function isAccepted({ metadata }: QuayIntegration, head: Head | undefined): boolean {
  const accepted = metadata.annotations?.[acceptHistoryAnnotation];
  if (accepted === undefined) return false;
  return accepted === 'true' || (accepted.length >= 7 && head?.commit.startsWith(accepted) === true);
}

function howToAccept(head: Head | undefined): string {
  const value = head === undefined ? 'true' : head.commit.slice(0, 12);
  return `To agree, set the annotation ${acceptHistoryAnnotation} of the integration to ${value}`;
}
