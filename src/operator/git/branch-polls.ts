import { setTimeout as wait } from 'node:timers/promises';

/** Polls the branches of integrations: people and other tools write to them as well. */
export interface BranchPolls {
  /** A second call takes effect only when the interval has changed. */
  readonly start: (integration: string) => void;
  readonly stop: (integration: string) => void;
  readonly stopAll: () => void;
}

interface Options {
  /** Seconds until the next look at a branch, asked before each. */
  readonly interval: (integration: string) => number;
  readonly look: (integration: string) => Promise<void>;
}

/** Nothing is polled, to begin with. */
export function createBranchPolls({ interval, look }: Options): BranchPolls {
  const polls = new Map<string, { readonly stopping: AbortController; readonly seconds: number }>();
  const poll = async (integration: string, stopping: AbortSignal): Promise<void> => {
    while (!stopping.aborted) {
      const milliseconds = Math.max(1, interval(integration)) * 1000;
      await wait(milliseconds, undefined, { signal: stopping }).catch(() => undefined);
      if (!stopping.aborted) await look(integration);
    }
  };
  return {
    start: (integration) => {
      const [known, seconds] = [polls.get(integration), interval(integration)];
      if (known?.seconds === seconds) return;
      // Who asks for a shorter one does not wait for the end of the longer.
      known?.stopping.abort();
      const stopping = new AbortController();
      polls.set(integration, { stopping, seconds });
      void poll(integration, stopping.signal);
    },
    stop: (integration) => {
      polls.get(integration)?.stopping.abort();
      polls.delete(integration);
    },
    stopAll: () => polls.forEach(({ stopping }) => stopping.abort()),
  };
}
