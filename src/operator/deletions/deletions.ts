import { createQueues } from '../../kube/index.js';
import { type DeletionIntake } from '../organizations/work.js';
import { createCounters } from './counter.js';
import { createDebounceWindows } from './debounce-windows.js';
import { decideTogether } from './decide-together.js';
import { lookAtObject } from './look-at-object.js';
import { type DeletionOperator, type DeletionParts } from './parts.js';

/** The deletion guard: every deletion in Quay goes through it. */
export interface Deletions extends DeletionIntake {
  readonly isIdle: () => boolean;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<number>;
}

interface Options extends Pick<DeletionParts, 'integrations' | 'terms' | 'memory' | 'statuses'> {
  /** Whether objects wait to be reconciled for the first time, or after a change. */
  readonly isBacklogged: () => boolean;
}

/** Collects deletions, applies the limit to all of them together, and removes finalizers that need not wait. */
export function createDeletions(operator: DeletionOperator, { isBacklogged, ...options }: Options): Deletions {
  const { settings, signal, log } = operator;
  const windows = createDebounceWindows({ quiet: settings.deletionWindow * 1000, isBacklogged });
  const parts: DeletionParts = {
    ...options,
    windows,
    counterOf: createCounters(),
    include: (integration, object, kind) => {
      windows.include(integration, object, kind);
      queue.add(`decide ${integration}`);
    },
    look: (object) => queue.add(`look ${object}`),
  };
  // Those of a Quay that does not answer wait behind one another, and nobody behind them.
  const shareOf = (key: string): string => {
    const [what, name = ''] = key.split(' ', 2);
    return what === 'look' ? (operator.watches.organizations.get(name)?.integration ?? '') : name;
  };
  const queue = createQueues(shareOf, {
    concurrency: 4,
    backoff: { first: 5_000, most: 60_000 },
    onFault: ({ key, error }) => log.info({ err: error, deletion: key }, 'deciding deletions failed, will retry'),
    work: async (key, turn) => {
      if (signal.aborted) return undefined;
      const [what, name = ''] = key.split(' ', 2);
      const work = what === 'look' ? lookAtObject : decideTogether;
      return work(operator, { ...parts, signal: AbortSignal.any([turn.signal, signal]) }, name);
    },
  });

  return {
    add: (_, object) => parts.look(object),
    addRepositories: (integration, object) => parts.include(integration, object, 'repositories'),
    isIdle: () => queue.isIdle() && windows.areClosed(),
    start: () => options.integrations.onChange((name) => queue.add(`decide ${name}`)),
    stop: (milliseconds) => queue.drain(milliseconds, 'Active'),
  };
}
