import { type Batcher, type BatcherOptions, createBatcher } from '../kube/index.js';

/** One batcher for every name, made when it is needed first. */
export interface Batchers {
  readonly add: (name: string) => void;
  /** Something is found to be due, which nothing follows: it puts off nothing that is planned, and repeats nothing that is being done. */
  readonly addFound: (name: string) => void;
  readonly addLater: (name: string, milliseconds: number) => void;
  readonly isIdle: () => boolean;
  /** Ends the work on a name. */
  readonly forget: (name: string) => Promise<void>;
  /** Takes nothing in any more, and ends what is being done. */
  readonly stop: () => Promise<void>;
}

interface Options extends Pick<BatcherOptions, 'quiet' | 'most'> {
  readonly run: (name: string) => Promise<void>;
  readonly onFault: (name: string, error: unknown) => void;
}

/** All are idle, to begin with. */
export function createBatchers({ run, onFault, quiet, most }: Options): Batchers {
  const all = new Map<string, Batcher>();
  let stopped = false;
  const of = (name: string): Batcher => {
    const known = all.get(name);
    if (known !== undefined) return known;
    const fresh = createBatcher({
      run: () => run(name),
      onFault: (error) => onFault(name, error),
      quiet,
      most,
    });
    all.set(name, fresh);
    return fresh;
  };
  return {
    add: (name) => {
      if (!stopped) of(name).add();
    },
    addFound: (name) => {
      if (!stopped) of(name).addFound();
    },
    addLater: (name, milliseconds) => {
      if (!stopped) of(name).addLater(milliseconds);
    },
    isIdle: () => [...all.values()].every((batcher) => batcher.isIdle()),
    forget: async (name) => {
      await all.get(name)?.stop();
      all.delete(name);
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...all.values()].map((batcher) => batcher.stop()));
    },
  };
}
