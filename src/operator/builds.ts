import { type RepositoryRole } from '../api/index.js';
import { createBuildFollower, type FollowedNamespace } from '../builds/follow/index.js';
import { createBuiltInNamespaces } from './builtin-namespaces/index.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';
import { type LiveOrganization } from './watches/live-organization.js';

/** What concerns Builds: the import after them, and the reach of the webhook. */
export interface Builds {
  /** Builds of this namespace may have waited for its organization. */
  readonly recheck: (namespace: string) => void;
  readonly isIdle: () => boolean;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** Follows Builds, and keeps the second webhook configuration. */
export function createBuilds(operator: Operator, integrations: Integrations): Builds {
  const { client, watches, notice, log, metrics } = operator;
  const followed = (namespace: string): FollowedNamespace | undefined => {
    const listing = watches.organizations.listing();
    const live = (listing.known ? listing.items : []).find((one) => one.namespace === namespace && !one.deleting);
    const known = live && integrations.get(live.integration);
    if (live === undefined || known === undefined || live.status.origin === undefined) return undefined;
    return {
      integration: known.integration,
      organization: live.organization,
      since: live.created,
      mayPush: (account) => roleOf(live, account) === 'write' || roleOf(live, account) === 'admin',
    };
  };
  const follower = createBuildFollower({
    client,
    integrationOf: followed,
    notice,
    log,
    onImport: ({ result }) => metrics.importsTotal.inc({ result }),
    onUnrewritten: ({ reason }) => metrics.unrewrittenBuildsTotal.inc({ reason }),
  });
  const builtIn = createBuiltInNamespaces({ client, log }, integrations);
  return {
    recheck: (namespace) => follower.recheck(namespace),
    isIdle: () => {
      const { event, sweep, active } = follower.counts().imports;
      return event + sweep + active === 0 && builtIn.isIdle();
    },
    start: () => {
      follower.start();
      // What is there may be of an integration that went while nobody looked.
      builtIn.look();
      integrations.onChange(() => {
        follower.recheck();
        builtIn.look();
      });
    },
    stop: async (milliseconds) => {
      await builtIn.stop(milliseconds);
      await follower.stop(milliseconds);
    },
  };
}

/** The role of the robot whose pull secret a service account uses. */
function roleOf({ spec }: LiveOrganization, account: string): RepositoryRole | undefined {
  const robots = (spec.robots ?? []) as readonly {
    readonly role?: RepositoryRole;
    readonly pullSecret?: { readonly serviceAccount: string };
  }[];
  return robots.find(({ pullSecret }) => pullSecret?.serviceAccount === account)?.role;
}
