import { isPending } from '../builds/index.js';
import { type Log, type Metrics } from '../process/index.js';
import { type Decided } from './reviewer.js';

/** Counts every decision, and logs those that somebody may ask about. */
export function reportDecisions(
  log: Pick<Log, 'info' | 'debug'>,
  metrics: Pick<Metrics, 'webhookDurationSeconds' | 'webhookDecisionsTotal' | 'unrewrittenBuildsTotal'>,
): (decided: Decided) => void {
  return ({ decision, namespace, dryRun, seconds }) => {
    metrics.webhookDurationSeconds.observe(seconds);
    metrics.webhookDecisionsTotal.inc({ decision: decision.decision });
    if (decision.decision === 'Rewritten') {
      log.debug({ namespace, image: decision.image, seconds }, 'rewritten');
      return;
    }
    const { reason, warning } = decision;
    // Without words it is none that anybody would expect in Quay.
    if (warning === undefined) {
      log.debug({ namespace, reason, seconds }, 'unchanged');
      return;
    }
    // What is left alone on purpose lacks nothing.
    if (isPending(reason) && !dryRun) metrics.unrewrittenBuildsTotal.inc({ reason });
    log.info({ namespace, reason, seconds }, `unchanged: ${warning}`);
  };
}
