import { formatProblem, toError } from '../../errors/index.js';
import { type Declared } from '../../pipeline/organization-pass.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** What came of a commit. */
interface Applied {
  readonly declared: Pick<Declared, 'problems' | 'documents'>;
  readonly isWhole: boolean;
  readonly faults: readonly unknown[];
}

/** Shows on a commit of base whether its documents were applied to the cluster. That the forge does not take it holds up nothing. */
export async function tellApplied(
  { log }: Pick<Operator, 'log'>,
  { integration, review }: KnownIntegration,
  commit: string,
  applied: Applied,
): Promise<void> {
  if (review === undefined || integration.spec.git.sync !== 'BuiltIn') return;
  const why = whyNot(applied);
  const count = applied.declared.documents.length;
  const status =
    why === undefined
      ? ({ state: 'success', description: `${count} organizations are applied to the cluster` } as const)
      : ({ state: 'failure', description: why } as const);
  try {
    await review.tell(commit, status);
  } catch (error) {
    log.info({ err: error, integration: integration.metadata.name }, 'the status of a commit was not taken');
  }
}

function whyNot({ declared, isWhole, faults }: Applied): string | undefined {
  const [problem] = declared.problems;
  if (faults.length > 0) return toError(faults[0]).message;
  if (problem !== undefined) return formatProblem(problem);
  return isWhole ? undefined : 'not everything could be applied; see the conditions of the QuayIntegration';
}
