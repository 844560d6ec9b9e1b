import { type PlannedChange } from '../../plan/index.js';
import { type Changes, createFeed, doubtWords, type Feed } from '../../feed/poll/index.js';
import { type Connections } from '../integrations/connections.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** What Quay's audit log says of the organizations of an integration. */
export interface Feeds {
  /** What has changed since it was asked last; undefined where the token's owner is no superuser. */
  readonly next: (known: KnownIntegration) => Promise<Changes | undefined>;
  /** These changes were made in an organization. */
  readonly wrote: (known: KnownIntegration, organization: string, changes: readonly PlannedChange[]) => void;
}

/** Changes that Quay always lists, whatever was there before. */
const listed: ReadonlySet<PlannedChange['change']['type']> = new Set([
  'CreateOrganization',
  'CreateRobot',
  'CreateRepository',
  'CreateDefaultPermission',
  'DeleteRobot',
  'DeleteRepository',
]);

interface Parts {
  readonly integrations: Pick<Integrations, 'report'>;
  readonly connections: Pick<Connections, 'identityOf'>;
}

/** One feed for each registry and token: integrations that have both in common share it. */
export function createFeeds({ metrics }: Pick<Operator, 'metrics'>, { integrations, connections }: Parts): Feeds {
  const feeds = new Map<string, Feed>();
  const seconds = { wallClock: () => Date.now() / 1000, clock: () => performance.now() / 1000 };
  const feedOf = ({ integration }: KnownIntegration): Feed | undefined => {
    const key = connections.identityOf(integration.metadata.name);
    if (key === undefined) return undefined;
    const feed = feeds.get(key) ?? createFeed(seconds);
    feeds.set(key, feed);
    return feed;
  };
  return {
    next: async (known) => {
      const { name } = known.integration.metadata;
      const quay = known.quay.value?.inBackground();
      const feed = feedOf(known);
      if (quay === undefined || feed === undefined) return undefined;
      const { superuser, username } = await quay.whoAmI();
      if (!superuser) return undefined;
      const changes = await feed.next({ reader: name, log: quay.auditLog, username });
      const standing = feed.standing();
      integrations.report(name, { auditLog: doubtWords(standing) });
      if (standing.trust === 'Denied') return undefined;
      metrics.auditLogTrusted.set({ integration: name }, standing.trust === 'Trusted' ? 1 : 0);
      return changes;
    },
    wrote: (known, organization, changes) => {
      if (changes.some(({ change }) => listed.has(change.type))) feedOf(known)?.wrote(organization);
    },
  };
}
