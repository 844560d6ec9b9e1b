import { failure } from '../client/answer.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';
import { listAll, unknownBecause } from '../live/list.js';
import { type Audience, createAudience } from './announce.js';
import { type Reflector } from './cache.js';
import { ended, followWatch } from './follow.js';
import { cacheOf, type Progress } from './known.js';
import { keyOfObject } from './object-key.js';
import { type ReflectorOptions, type ReflectorSettings, settingsOf, type WatchRequest } from './options.js';
import { endOfAnswer } from './outcome.js';
import { goRound, type Steps } from './rounds.js';
import { createStore, type Kept, type Store } from './store.js';
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
  const stopping = new AbortController();
  let announceFilled: (filled: boolean) => void = () => undefined;
  const filled = new Promise<boolean>((resolve) => (announceFilled = resolve));
  const reflection: Reflection<T> = {
    client,
    request,
    settings,
    store: createStore<T>(request.same ?? (() => false)),
    progress: { fault: { reason: `${resource} have not been listed yet` } },
    audience: createAudience(resource, settings.onFault),
    signal: stopping.signal,
    onFilled: () => announceFilled(true),
  };
  const steps: Steps = {
    list: () => list(reflection),
    watch: () => watch(reflection),
    onEnd: ({ reason, why }, wait) => {
      // A watch that is opened again at once says nothing against what is known.
      if (wait > 0) reflection.progress.fault = why;
      settings.onRestart({ resource, reason, message: why.reason, wait });
    },
  };
  let running: Promise<void> | undefined;
  return {
    resource,
    cache: cacheOf(reflection.store, reflection.progress, settings.clock),
    subscribe: (handler) => reflection.audience.add(handler, reflection.store.keys()),
    start: () => void (running ??= goRound(steps, settings, stopping.signal)),
    filled: () => filled,
    stop: async () => {
      stopping.abort();
      announceFilled(false);
      await running;
    },
  };
}

interface Reflection<T> {
  readonly client: KubeClient;
  readonly request: WatchRequest<T>;
  readonly settings: ReflectorSettings;
  readonly store: Store<T>;
  readonly progress: Progress;
  readonly audience: Audience;
  readonly signal: AbortSignal;
  readonly onFilled: () => void;
}

async function list<T>(reflection: Reflection<T>): ReturnType<Steps['list']> {
  const { client, request, settings, store, progress, audience, signal } = reflection;
  const keep = (object: Fields): Kept<T> => kept(object, request, settings);
  const listed = await listAll(client.call, { ...request, keep, signal }).catch(ended);
  if ('reason' in listed) return listed;
  if ('answer' in listed) {
    return { ...endOfAnswer(listed.answer), why: unknownBecause(failure(listed.call, listed.answer)) };
  }
  if (signal.aborted) return undefined;
  progress.resourceVersion = listed.resourceVersion;
  const changed = store.replace(listed.items);
  heard(reflection);
  reflection.onFilled();
  audience.notify(changed);
  return undefined;
}

async function watch<T>(reflection: Reflection<T>): ReturnType<Steps['watch']> {
  const { client, request, settings, store, progress, audience, signal } = reflection;
  let eventful = false;
  const onEvent = (event: Exclude<WatchEvent, { kind: 'Error' }>): void => {
    if (signal.aborted) return;
    eventful = true;
    heard(reflection);
    progress.resourceVersion = event.resourceVersion;
    if (event.kind === 'Put') audience.notify(store.put(kept(event.object, request, settings)));
    else if (event.kind === 'Remove') audience.notify(store.remove(keyOfObject(event.object)));
  };
  const end = await followWatch(client, request, {
    resourceVersion: progress.resourceVersion ?? '',
    serverSeconds: between(settings),
    idleMilliseconds: settings.idleMilliseconds,
    signal,
    onOpen: () => heard(reflection),
    onEvent,
  });
  return { ...end, eventful };
}

function heard({ progress, settings }: Pick<Reflection<unknown>, 'progress' | 'settings'>): void {
  progress.heardAt = settings.clock.now();
  delete progress.fault;
}

/** What is kept of an object. One that cannot be read is not one that is not there. */
function kept<T>(object: Fields, { resource, keep }: WatchRequest<T>, { onFault }: ReflectorSettings): Kept<T> {
  const key = keyOfObject(object);
  const resourceVersion = textOf(objectOrEmpty(object.metadata).resourceVersion) ?? '';
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
