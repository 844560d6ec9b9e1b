import { type QuayIntegration } from '../../api/index.js';
import { type Clock, systemClock } from '../../clock/index.js';
import { createQueue, type KubeClient, type Repairs } from '../../kube/index.js';
import { type Log } from '../../process/index.js';
import { configurationRepair, keepBuiltInNamespaces, type KeptConfiguration } from './keep.js';

/** Keeps the second webhook configuration for a term as leader. */
export interface BuiltInNamespaces {
  /** Looks at once, and from then on again and again: people change and delete what is there, or install it later. */
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
/** How soon the configurations are read again; they are not watched, and one or two reads are all it takes. */
const lookAgain = 60_000;
const configuration = 'configuration';
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
  return {
    look: () => queue.add(configuration),
    isIdle: queue.isIdle,
    stop: async (milliseconds) => void (await queue.drain(milliseconds)),
  };
}
