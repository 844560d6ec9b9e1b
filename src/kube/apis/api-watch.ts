import { toError } from '../../errors/index.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Clock, sleep, systemClock } from '../../clock/index.js';
import { unknownBecause } from '../live/list.js';
import { type ApiResource, resourceState, type ResourceState } from '../live/api-group.js';

export interface ApiWatchOptions {
  /** Called when the state changes; a new reason alone is no change. */
  readonly onChange?: (state: ResourceState) => void;
  readonly onFault?: (error: Error) => void;
  /** Seconds between two requests while the state is known. Default 60. */
  readonly settledSeconds?: number;
  /** Seconds between two questions while the answer is unknown. Default 5. */
  readonly unknownSeconds?: number;
  readonly clock?: Clock;
}

/** Whether an API is there, asked again and again. */
export interface ApiWatch {
  /** Unknown before the first answer. */
  readonly state: () => ResourceState;
  /** Asks at once, and gives the answer. */
  readonly check: () => Promise<ResourceState>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Finds out whether a cluster has an API: present, absent for certain, or unknown, which includes every failure. */
export function watchApi(client: Pick<KubeClient, 'call'>, api: ApiResource, options: ApiWatchOptions = {}): ApiWatch {
  const { clock = systemClock, settledSeconds = 60, unknownSeconds = 5, onChange, onFault } = options;
  const stopping = new AbortController();
  let state: ResourceState = { state: 'Unknown', reason: `${api.resource}.${api.group} have not been asked for yet` };
  let running: Promise<void> | undefined;

  const check = async (): Promise<ResourceState> => {
    const found = await resourceState(client.call, api).catch((error: unknown): ResourceState => ({
      state: 'Unknown',
      ...unknownBecause(toError(error)),
    }));
    const changed = found.state !== state.state;
    state = found;
    try {
      if (changed) onChange?.(found);
    } catch (error) {
      onFault?.(toError(error));
    }
    return found;
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { state: found } = await check();
      await sleep(clock, (found === 'Unknown' ? unknownSeconds : settledSeconds) * 1000, stopping.signal);
    }
  };

  return {
    state: () => state,
    check,
    start: () => void (running ??= run()),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
