import { isDeepStrictEqual } from 'node:util';
import { durationSeconds } from '../../api/index.js';
import { formatProblem, InvalidInput, type Reason, TerminalError, toError } from '../../errors/index.js';
import { type CommitStatus } from '../../forge/index.js';
import { type Head, SignatureRejected, type StateRepository } from '../../git/index.js';
import { type Declared } from '../../pipeline/organization-pass.js';
import { describeReport } from '../../policy/index.js';
import { type Synced } from '../../sync/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';

type Telling = Pick<Operator, 'log' | 'watches' | 'signal'>;
type News = Pick<CommitStatus, 'state' | 'description'>;

interface Commit {
  /** The commit that was applied last, before. */
  readonly before: string | undefined;
  readonly head: Pick<Head, 'commit'> | undefined;
}

/** What came of a commit. */
interface Applied extends Commit {
  readonly declared: Pick<Declared, 'problems' | 'documents'>;
  readonly isWhole: boolean;
  readonly faults: readonly unknown[];
  readonly reports: Synced['reports'];
}

/** Shows on a commit of base that its documents are being applied. */
export async function tellBegun(operator: Telling, known: KnownIntegration, { before, head }: Commit): Promise<void> {
  if (head === undefined || head.commit === before || isExternal(known)) return;
  // One that was tried before shows what came of it.
  if (known.review?.told() === head.commit) return;
  await tell(operator, known, head.commit, { state: 'pending', description: 'it is being applied to the cluster' });
}

/**
 * Shows on a commit of base whether its documents were applied to the cluster; where another tool applies them, whether every
 * object is as its document says, and Ready. Gives the milliseconds until it is to be looked at again, while that is not so.
 */
export async function tellApplied(
  operator: Telling,
  known: KnownIntegration,
  applied: Applied,
): Promise<number | undefined> {
  const { before, head } = applied;
  // What was cut short did not fail.
  if (known.review === undefined || head === undefined || operator.signal.aborted) return undefined;
  const byOthers = isExternal(known);
  if (!byOthers && head.commit === before) return undefined;
  const news = byOthers ? newsOfOthers(applied, operator.watches.organizations.list()) : newsOf(applied);
  await tell(operator, known, head.commit, news);
  return news.state === 'pending' ? durationSeconds(known.integration.spec.git.interval) * 1_000 : undefined;
}

function isExternal({ integration }: KnownIntegration): boolean {
  return integration.spec.git.sync === 'External';
}

/** What is wrong with a commit; any other error is about the way to it, or about the integration. */
const ofCommit: ReadonlySet<Reason> = new Set(['SignatureRejected', 'StateInvalid', 'ClusterChanged']);
const isOfCommit = (why: unknown): why is TerminalError =>
  why instanceof InvalidInput || (why instanceof TerminalError && ofCommit.has(why.code));

/** Shows on the newest commit of base why nothing of it is applied, where that is the fault of the commit. */
export async function tellRefused(
  operator: Telling,
  known: KnownIntegration,
  repository: Pick<StateRepository, 'head'>,
  { before, why }: Pick<Commit, 'before'> & { readonly why: unknown },
): Promise<void> {
  if (known.review === undefined || operator.signal.aborted || !isOfCommit(why)) return;
  const seen = async () => (await repository.head({ fetch: false }).catch(() => undefined))?.commit;
  const commit = why instanceof SignatureRejected ? why.newest : await seen();
  // What was applied before stays so.
  if (commit === undefined || commit === before) return;
  await tell(operator, known, commit, { state: 'failure', description: why.message });
}

/** That the forge does not take it holds up nothing. */
async function tell(
  { log }: Telling,
  { integration, review }: KnownIntegration,
  commit: string,
  news: News,
): Promise<void> {
  try {
    await review?.tell(commit, news);
  } catch (error) {
    log.info({ err: error, integration: integration.metadata.name }, 'the status of a commit was not taken');
  }
}

function newsOf(applied: Applied): News {
  const why = whyNot(applied);
  if (why !== undefined) return { state: 'failure', description: why };
  const { length } = applied.declared.documents;
  return { state: 'success', description: `${length} organizations are applied to the cluster` };
}

function newsOfOthers({ declared }: Applied, lives: readonly LiveOrganization[]): News {
  const { documents, problems } = declared;
  const [problem] = problems;
  if (problem !== undefined) return { state: 'failure', description: formatProblem(problem) };
  const byName = new Map(lives.map((live) => [live.name, live]));
  const waiting = documents.filter(({ metadata, spec }) => !isReached(byName.get(metadata.name), spec));
  const [first] = waiting;
  if (first === undefined) return { state: 'success', description: `${documents.length} organizations are Ready` };
  const counts = `${waiting.length} of ${documents.length} organizations`;
  return {
    state: 'pending',
    description: `${counts} are not as this commit has them, or not Ready yet, ${first.metadata.name} for one`,
  };
}

/** Whether an object is as its document says, and its controller has seen that and is done. */
function isReached(live: LiveOrganization | undefined, spec: object): boolean {
  if (live === undefined || live.deleting || !isDeepStrictEqual(live.spec, spec)) return false;
  const ready = live.status.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && ready.observedGeneration === live.generation;
}

function whyNot({ declared, isWhole, faults, reports }: Applied): string | undefined {
  const [problem] = declared.problems;
  const failed = reports.find(({ outcome }) => outcome === 'Failed');
  if (faults.length > 0) return toError(faults[0]).message;
  if (problem !== undefined) return formatProblem(problem);
  if (failed !== undefined) return describeReport(failed);
  return isWhole ? undefined : 'not everything could be applied; see the conditions of the QuayIntegration';
}
