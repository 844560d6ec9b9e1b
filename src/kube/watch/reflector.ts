import { failure } from '../client/answer.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Fields, recordOf, textOf } from '../fields.js';
import { listAll } from '../live/list.js';
import { createAudience } from './announce.js';
import { type Reflector } from './cache.js';
import { ended, follow } from './follow.js';
import { cacheOf, type Progress } from './known.js';
import { keyOfObject } from './object-key.js';
import { type ReflectorOptions, type ReflectorSettings, settingsOf, type WatchRequest } from './options.js';
import { endOfAnswer } from './outcome.js';
import { goRound, type Steps } from './rounds.js';
import { createStore, type Kept } from './store.js';
import { stripped } from './strip.js';
import { type WatchEvent } from './watch-event.js';

/** Keeps what the caller wants to know of every object of a list, and heals whatever happens to the connection. */
export function createReflector<T>(
  client: KubeClient,
  request: WatchRequest<T>,
  options: ReflectorOptions = {},
): Reflector<T> {
  const { resource } = request;
  const settings = settingsOf(options);
  const store = createStore<T>(request.same ?? (() => false));
  const progress: Progress = { fault: `${resource} have not been listed yet` };
  const audience = createAudience(resource, settings.onFault);
  const stopping = new AbortController();
  const { signal } = stopping;
  let announceFilled: (filled: boolean) => void = () => undefined;
  const filled = new Promise<boolean>((resolve) => (announceFilled = resolve));
  let running: Promise<void> | undefined;

  const heard = (): void => {
    progress.heardAt = settings.clock.now();
    delete progress.fault;
  };
  const keep = (object: Fields): Kept<T> => kept(object, request, settings);

  const list: Steps['list'] = async () => {
    const listed = await listAll(client.call, { ...request, keep, signal }).catch(ended);
    if ('reason' in listed) return listed;
    if ('answer' in listed) {
      return { ...endOfAnswer(listed.answer), message: failure(listed.call, listed.answer).message };
    }
    if (signal.aborted) return undefined;
    progress.resourceVersion = listed.resourceVersion;
    const changed = store.replace(listed.items);
    heard();
    announceFilled(true);
    audience.tell(changed);
    return undefined;
  };

  const watch: Steps['watch'] = async () => {
    let eventful = false;
    const onEvent = (event: Exclude<WatchEvent, { kind: 'Error' }>): void => {
      if (signal.aborted) return;
      eventful = true;
      heard();
      progress.resourceVersion = event.resourceVersion;
      if (event.kind === 'Put') audience.tell(store.put(keep(event.object)));
      else if (event.kind === 'Remove') audience.tell(store.remove(keyOfObject(event.object)));
    };
    const { resourceVersion = '' } = progress;
    const { idleMilliseconds } = settings;
    const serverSeconds = between(settings);
    const end = await follow(client, request, {
      resourceVersion,
      serverSeconds,
      idleMilliseconds,
      signal,
      onOpen: heard,
      onEvent,
    });
    return { ...end, eventful };
  };

  const onEnd: Steps['onEnd'] = ({ reason, message }, wait) => {
    // A watch that is opened again at once says nothing against what is known.
    if (wait > 0) progress.fault = message;
    settings.onRestart({ resource, reason, message, wait });
  };

  return {
    resource,
    cache: cacheOf(store, progress, settings.clock),
    subscribe: (handler) => audience.add(handler, store.keys()),
    start: () => void (running ??= goRound({ list, watch, onEnd }, settings, signal)),
    filled: () => filled,
    stop: async () => {
      stopping.abort();
      announceFilled(false);
      await running;
    },
  };
}

/** What is kept of an object. One that cannot be read is not one that is not there. */
function kept<T>(object: Fields, { resource, keep }: WatchRequest<T>, { onFault }: ReflectorSettings): Kept<T> {
  const key = keyOfObject(object);
  const resourceVersion = textOf(recordOf(object.metadata).resourceVersion) ?? '';
  try {
    return { key, resourceVersion, value: keep(stripped(object)) };
  } catch (error) {
    onFault({ resource, key, error });
    return { key, resourceVersion };
  }
}

function between({ serverSeconds: [least, most], random }: ReflectorSettings): number {
  return Math.round(least + random() * (most - least));
}
