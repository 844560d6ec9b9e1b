import { createBuildFollower } from '../builds/follow/index.js';
import { createBuiltInNamespaces } from './builtin-namespaces/index.js';
import { followedNamespace } from './followed.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';

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
  const { client, notice, log, metrics } = operator;
  const follower = createBuildFollower({
    client,
    integrationOf: (namespace) => followedNamespace(operator, integrations, namespace),
    notice,
    log,
    onImport: ({ result }) => metrics.importsTotal.inc({ result }),
    onUnrewritten: ({ reason }) => metrics.unrewrittenBuildsTotal.inc({ reason }),
  });
  const builtIn = createBuiltInNamespaces({ client, log, repairs: operator.repairs }, integrations);
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
