import { formatProblem, toError } from '../../errors/index.js';
import { type Head } from '../../git/index.js';
import { type Declared } from '../../pipeline/organization-pass.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** What came of a commit. */
interface Applied {
  /** The commit that was applied last, before. */
  readonly before: string | undefined;
  readonly head: Pick<Head, 'commit'> | undefined;
  readonly declared: Pick<Declared, 'problems' | 'documents'>;
  readonly isWhole: boolean;
  readonly faults: readonly unknown[];
}

/** Shows on a commit of base whether its documents were applied to the cluster. That the forge does not take it holds up nothing. */
export async function tellApplied(
  { log }: Pick<Operator, 'log'>,
  { integration, review }: KnownIntegration,
  applied: Applied,
): Promise<void> {
  const { before, head, declared } = applied;
  if (review === undefined || head === undefined || integration.spec.git.sync !== 'BuiltIn') return;
  // Once for each commit: a status is a call.
  if (head.commit === before) return;
  const why = whyNot(applied);
  const count = declared.documents.length;
  const status =
    why === undefined
      ? ({ state: 'success', description: `${count} organizations are applied to the cluster` } as const)
      : ({ state: 'failure', description: why } as const);
  try {
    await review.tell(head.commit, status);
  } catch (error) {
    log.info({ err: error, integration: integration.metadata.name }, 'the status of a commit was not taken');
  }
}

function whyNot({ declared, isWhole, faults }: Omit<Applied, 'before' | 'head'>): string | undefined {
  const [problem] = declared.problems;
  if (faults.length > 0) return toError(faults[0]).message;
  if (problem !== undefined) return formatProblem(problem);
  return isWhole ? undefined : 'not everything could be applied; see the conditions of the QuayIntegration';
}
