import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../../clock/index.js';
import { createOptionalWatch, listPath, resourceName, resourceTypes, type ScheduleCounts } from '../../kube/index.js';
import { buildRecord, type BuildRecord } from '../import-record.js';
import { createBuildWork } from './build-work.js';
import { type BuildFollowerOptions } from './options.js';

/** What the follower has in hand. */
export interface FollowerCounts {
  /** Builds that it knows of. */
  readonly builds: number;
  /** Tags to be imported: due, being imported, or waiting for another try. */
  readonly imports: ScheduleCounts;
  /** Seconds since the server was last heard; undefined without a Build API. */
  readonly age: number | undefined;
  /** Why what is known is not to be trusted at the moment. */
  readonly fault: string | undefined;
}

/** Follows Builds: imports what they pushed, and reports those that were not rewritten. */
export interface BuildFollower {
  readonly start: () => void;
  /** Looks again at what waits for an integration: one came, changed, or was resumed. Default: in all namespaces. */
  readonly recheck: (namespace?: string) => void;
  readonly counts: () => FollowerCounts;
  /** Whether there is a Build API; undefined while unknown. */
  readonly isServed: () => boolean | undefined;
  /** Finishes what is being imported, within the time, and stops. Default 10 s. */
  readonly stop: (milliseconds?: number) => Promise<void>;
}

const { build: type } = resourceTypes;
const request = {
  resource: resourceName(type),
  path: listPath(type),
  keep: buildRecord,
  // A build writes its status all the time: what is not kept is no news.
  same: isDeepStrictEqual,
} as const;

/**
 * A follower of all Builds of a cluster. It is level-triggered: whatever it missed it finds in the Builds themselves, which
 * carry its marks. Only one process of a cluster may run it at a time.
 */
export function createBuildFollower(options: BuildFollowerOptions): BuildFollower {
  const { client, watch, clock, apiSeconds, lostAfter = 120_000 } = options;
  const builds = createOptionalWatch<BuildRecord>(client, request, {
    ...watch,
    ...(clock && { clock }),
    absence: {
      shownBy: 'Discovery',
      api: { group: 'build.openshift.io', resource: type.plural },
      ...(apiSeconds && { settledSeconds: apiSeconds.upToDate, unknownSeconds: apiSeconds.unknown }),
    },
  });
  const work = createBuildWork(options, builds);
  builds.subscribe(work.add);
  let callOff: () => void = () => undefined;
  return {
    start: () => {
      builds.start();
      // By then what the Builds themselves ask for is being imported.
      if (options.lastPushes !== undefined) callOff = (clock ?? systemClock).after(lostAfter, work.lookForLost);
    },
    recheck: (namespace) => builds.list(namespace).forEach((build) => work.recheck(`${build.namespace}/${build.name}`)),
    counts: () => ({ builds: builds.size(), imports: work.imports(), age: builds.age(), fault: builds.fault() }),
    isServed: builds.isServed,
    stop: async (milliseconds = 10_000) => {
      callOff();
      await builds.stop();
      await work.drain(milliseconds);
    },
  };
}
