import { buildNotRewrittenAnnotation } from '../../api/index.js';
import { type BuildRecord } from '../import-record.js';
import { type MissedFacts, shouldTell } from '../missed-build.js';
import { markBuild } from './mark-build.js';
import { notRewrittenNotice } from './events.js';
import { type FollowContext, type FollowedNamespace } from './options.js';

/**
 * Tells once that a Build went past Quay, and marks it, so that a restart tells nothing again. While the integration is
 * suspended nothing is marked, and only this process remembers.
 */
export async function tellMissed(context: FollowContext, build: BuildRecord): Promise<void> {
  const followed = context.integrationOf(build.namespace);
  const why = build.missed?.why;
  if (why === undefined || !shouldTell(build, followed && factsOf(followed))) return;
  const integration = followed?.integration;
  const suspended = integration === undefined ? why === 'Suspended' : context.isSuspended(integration);
  if (context.told.get(build) === undefined) {
    context.told.set(build, true);
    const { namespace, name } = build;
    context.notice(notRewrittenNotice(build, suspended ? 'Suspended' : why));
    context.log.warn({ namespace, build: name, reason: why }, 'a build went past Quay');
    context.onUnrewritten({
      namespace,
      build: name,
      reason: why,
      ...(integration && { integration: integration.metadata.name }),
    });
  }
  if (!suspended) await markBuild(context.client, build, { [buildNotRewrittenAnnotation]: build.uid });
}

function factsOf({ since, selected = () => true, mayPush = () => true }: FollowedNamespace): MissedFacts {
  return { since, selected: selected(), mayPush };
}
