import { createBuildFollower, type WaitingBuild } from '../builds/follow/index.js';
import { outlookOf } from './build-outlook.js';
import { createBuiltInNamespaces } from '../builds/webhook-reach/index.js';
import { importNamespace } from './import-namespace.js';
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

type BuildOperator = Pick<Operator, 'client' | 'watches' | 'recordEvent' | 'log' | 'metrics' | 'repairs'>;

/** Follows Builds, and keeps the second webhook configuration. */
export function createBuilds(operator: BuildOperator, integrations: Integrations): Builds {
  const { client, recordEvent, log, metrics } = operator;
  const tellWaiting = waitingTold(integrations);
  const follower = createBuildFollower({
    client,
    integrationOf: (namespace) => importNamespace(operator, integrations, namespace),
    recordEvent,
    log,
    onImport: ({ result }) => metrics.importsTotal.inc({ result }),
    // The webhook has counted what it decided.
    onUnrewritten: ({ reason }) => reason === 'NotRewritten' && metrics.unrewrittenBuildsTotal.inc({ reason }),
    outlookOf: (build) => outlookOf(operator, integrations, build),
    lastPushes: async ({ integration, organization }) => {
      const quay = integrations.get(integration.metadata.name)?.quay.value?.inBackground();
      return (await quay?.lastPushes(organization)) ?? new Map<string, number>();
    },
    onWaiting: (builds) => {
      metrics.buildsWaiting.set(builds.length);
      tellWaiting(builds);
    },
    onCancelled: ({ reason }) => metrics.cancelledBuildsTotal.inc({ reason }),
  });
  const builtIn = createBuiltInNamespaces({ client, log, repairs: operator.repairs }, integrations);
  return {
    recheck: (namespace) => follower.recheck(namespace),
    isIdle: () => {
      const { event, refresh, resync, active } = follower.counts().imports;
      return event + refresh + resync + active === 0 && builtIn.isIdle();
    },
    start: () => {
      follower.start();
      builtIn.start();
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

/** Puts the Builds that wait into the conditions of their integrations, and takes them out again. */
function waitingTold({ report, get }: Pick<Integrations, 'report' | 'get'>): (builds: readonly WaitingBuild[]) => void {
  let before: ReadonlySet<string> = new Set();
  return (builds) => {
    const lines = new Map<string, string[]>();
    for (const { integration, namespace, build, pushSecret, why } of builds) {
      if (integration === undefined) continue;
      const line = `${namespace}/${build} waits for the Secret ${pushSecret}: ${why}`;
      lines.set(integration, [...(lines.get(integration) ?? []), line]);
    }
    for (const name of new Set([...before, ...lines.keys()])) {
      if (get(name) !== undefined) report(name, { waiting: lines.get(name)?.sort() ?? [] });
    }
    before = new Set(lines.keys());
  };
}
