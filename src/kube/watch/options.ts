import { type Clock, systemClock } from '../../clock/index.js';
import { type ListRequest } from '../live/list.js';
import { type Restart } from './cache.js';

/** What to watch, and what to keep of each object. */
export interface WatchRequest<T> extends Omit<ListRequest<T>, 'signal'> {
  /** Two that are the same are no change. Default: every write to an object is one. */
  readonly same?: (before: T, after: T) => boolean;
}

/** The part of a request that says what is watched. */
export type WatchTarget = Pick<
  WatchRequest<unknown>,
  'resource' | 'path' | 'labelSelector' | 'fieldSelector' | 'light'
>;

/** Something of ours that threw: a handler, or the reading of an object. */
export interface HandlerFault {
  readonly resource: string;
  readonly key: string;
  readonly error: unknown;
}

export interface ReflectorOptions {
  readonly onRestart?: (restart: Restart) => void;
  readonly onFault?: (fault: HandlerFault) => void;
  /** After this long without anything, bookmarks included, a connection counts as dead. Default 150 s. */
  readonly idleMilliseconds?: number;
  /** How long the server is asked to keep a watch open, between these. Default 240 to 540 s. */
  readonly serverSeconds?: readonly [number, number];
  readonly clock?: Clock;
  readonly random?: () => number;
}

export type ReflectorSettings = Required<ReflectorOptions>;

/** The options with their defaults. The server sends a bookmark every minute, so silence for longer than two means something. */
export function settingsOf(options: ReflectorOptions): ReflectorSettings {
  return {
    onRestart: () => undefined,
    onFault: () => undefined,
    idleMilliseconds: 150_000,
    serverSeconds: [240, 540],
    clock: systemClock,
    random: Math.random,
    ...options,
  };
}
