import { type Listing } from '../../api/index.js';
import { type EndReason } from './outcome.js';

/** What a reflector knows: the last state heard of every object, and how far that can be trusted. */
export interface Cache<T> {
  /** By `namespace/name`, or the name alone where there are no namespaces. */
  readonly get: (key: string) => T | undefined;
  readonly keys: () => readonly string[];
  /** Of one namespace, or of all. */
  readonly list: (namespace?: string) => readonly T[];
  readonly size: () => number;
  /** The same as a list that is unknown before it has been filled, and while the server does not answer for it. */
  readonly listing: () => Listing<T>;
  /** Whether it has been filled once. */
  readonly synced: () => boolean;
  /** Why it is not to be trusted at the moment. */
  readonly fault: () => string | undefined;
  /** Seconds since the server was last heard; undefined when it never was. */
  readonly age: () => number | undefined;
}

/** Keeps a cache filled until it is stopped. */
export interface Reflector<T> {
  readonly resource: string;
  readonly cache: Cache<T>;
  /** Calls with every key that is there, then with every key whose object comes, changes or goes; gives what ends that. */
  readonly subscribe: (handler: (key: string) => void) => () => void;
  readonly start: () => void;
  /** True once the cache is filled; false when it was stopped before. */
  readonly filled: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** A list or a watch that has come to its end. */
export interface Restart {
  readonly resource: string;
  readonly reason: EndReason;
  readonly message: string;
  /** Milliseconds until it is tried again. */
  readonly wait: number;
}
