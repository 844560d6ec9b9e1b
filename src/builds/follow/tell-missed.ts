import { buildNotRewrittenAnnotation } from '../../api/index.js';
import { type BuildRecord } from '../import-record.js';
import { shouldTell } from '../missed-build.js';
import { markBuild } from './mark-build.js';
import { notRewrittenNotice } from './notices.js';
import { type FollowContext } from './options.js';

/**
 * Tells once that a Build went past Quay, and marks it, so that a restart tells nothing again. While the integration is
 * suspended nothing is marked, and only this process remembers.
 */
export async function tellMissed(context: FollowContext, build: BuildRecord): Promise<void> {
  const followed = context.integrationOf(build.namespace);
  if (followed === undefined) return;
  const { integration, since, mayPush = () => true } = followed;
  if (!shouldTell(build, { since, mayPush })) return;
  const suspended = context.isSuspended(integration);
  if (context.told.get(build) === undefined) {
    context.told.set(build, true);
    context.notice(notRewrittenNotice(build, suspended));
    const { namespace, name } = build;
    const reason = suspended ? 'Suspended' : 'NotRewritten';
    context.log.warn({ namespace, build: name }, 'a build went past Quay');
    context.onUnrewritten({ namespace, build: name, integration: integration.metadata.name, reason });
  }
  if (!suspended) await markBuild(context.client, build, { [buildNotRewrittenAnnotation]: build.uid });
}
