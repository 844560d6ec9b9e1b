import { buildNotRewrittenAnnotation } from '../../api/index.js';
import { type BuildRecord } from '../import-record.js';
import { type MissedFacts, shouldReport } from '../missed-build.js';
import { markBuild } from './mark-build.js';
import { notRewrittenEvent } from './events.js';
import { type FollowContext, type FollowedNamespace } from './options.js';

/**
 * Reports once that a Build was not rewritten, and annotates it, so that a restart does not report it again. While the integration is
 * suspended nothing is annotated, and only this process remembers.
 */
export async function reportMissedBuild(context: FollowContext, build: BuildRecord): Promise<void> {
  const followed = context.integrationOf(build.namespace);
  const why = build.missed?.why;
  if (why === undefined || !shouldReport(build, followed && factsOf(followed))) return;
  const integration = followed?.integration;
  const suspended = integration === undefined ? why === 'Suspended' : context.isSuspended(integration);
  if (context.reported.get(build) === undefined) {
    context.reported.set(build, true);
    const { namespace, name } = build;
    context.recordEvent(notRewrittenEvent(build, suspended ? 'Suspended' : why));
    context.log.warn({ namespace, build: name, reason: why }, 'a build was not rewritten');
    context.onUnrewritten({
      namespace,
      build: name,
      reason: why,
      ...(integration && { integration: integration.metadata.name }),
    });
  }
  if (!suspended) await markBuild(context.client, build, { [buildNotRewrittenAnnotation]: build.uid });
}

function factsOf({
  since,
  selected = () => true,
  mayPush = () => true,
  takes = () => true,
}: FollowedNamespace): MissedFacts {
  return { since, selected: selected(), mayPush, takes };
}
