import { isDeepStrictEqual } from 'node:util';
import {
  admissionConfigurationName,
  builtInNamespacesConfigurationName,
  type QuayIntegration,
} from '../../api/index.js';
import { type Clock, systemClock } from '../../clock/index.js';
import { createQueue, type KubeClient, type Repairs, watchObject } from '../../kube/index.js';
import { type Log } from '../../process/index.js';
import { configurationType as type } from './configuration.js';
import { configurationRepair, keepBuiltInNamespaces, type KeptConfiguration } from './keep.js';

/** Keeps the second webhook configuration for a term as leader. */
export interface BuiltInNamespaces {
  /** Follows both configurations: people change and delete what is there, or install it later. */
  readonly start: () => void;
  /** Looks at once, and from then on again and again. */
  readonly look: () => void;
  /** Whether nothing is being done; a look that is due later does not count. */
  readonly isIdle: () => boolean;
  readonly stop: (milliseconds: number) => Promise<void>;
}

export interface BuiltInNamespacesOptions {
  readonly client: KubeClient;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly repairs: Repairs;
  readonly clock?: Clock;
}

/** The integrations of the cluster, as far as they can be read. */
export interface KnownIntegrations {
  readonly readable: () => readonly QuayIntegration[];
  readonly areAllReadable: () => boolean;
}

/** How soon it is checked again whether all integrations can be read: no event says when a watch is healthy again. */
const patience = 10_000;
/** How soon the configurations are read again where no event of them came: one or two reads are all it takes. */
const lookAgain = 60_000;
const configuration = 'configuration';
const names = [admissionConfigurationName, builtInNamespacesConfigurationName];
const writes: readonly KeptConfiguration[] = ['Created', 'Changed', 'Removed'];

/** A keeper that has read nothing yet. */
export function createBuiltInNamespaces(
  { client, log, repairs, clock = systemClock }: BuiltInNamespacesOptions,
  integrations: KnownIntegrations,
): BuiltInNamespaces {
  let before: KeptConfiguration | undefined;
  const logResult = (kept: KeptConfiguration): void => {
    // What stays as it is was logged once.
    const isNews = kept !== before && !['None', 'Unchanged', 'Held'].includes(kept);
    if (isNews || writes.includes(kept)) log.info({ kept }, 'the second webhook configuration');
    before = kept;
  };
  const queue = createQueue({
    concurrency: 1,
    clock,
    onFault: ({ error }) => log.warn({ err: error }, 'updating the second webhook configuration failed'),
    work: async () => {
      // An integration that cannot be read may be the one that includes the namespace.
      if (!integrations.areAllReadable()) return { again: { milliseconds: patience } };
      const kept = await keepBuiltInNamespaces(client, integrations.readable(), repairs);
      logResult(kept);
      const wait = kept === 'Held' ? repairs.hold(configurationRepair()) : lookAgain;
      return { again: { milliseconds: Math.min(wait, lookAgain) } };
    },
  });
  const look = (): void => queue.add(configuration);
  const watches = names.map((name) =>
    watchObject(client, type, { name }, { keep: ({ webhooks }) => webhooks, same: isDeepStrictEqual, clock }),
  );
  return {
    start: () => {
      // What is there may be of an integration that went while nobody looked.
      look();
      for (const watch of watches) {
        watch.subscribe(look);
        watch.start();
      }
    },
    look,
    isIdle: queue.isIdle,
    stop: async (milliseconds) => {
      await Promise.all(watches.map((watch) => watch.stop()));
      await queue.drain(milliseconds);
    },
  };
}
