import { type HandlerFault } from './options.js';

/** Those who want to hear of keys. One that throws is reported, and the others hear all the same. */
export interface Audience {
  readonly add: (handler: (key: string) => void, present: readonly string[]) => () => void;
  readonly notify: (keys: readonly string[]) => void;
}

/** Nobody, to begin with. */
export function createAudience(resource: string, onFault: (fault: HandlerFault) => void): Audience {
  const handlers = new Set<(key: string) => void>();
  const notifyOne = (handler: (key: string) => void, key: string): void => {
    try {
      handler(key);
    } catch (error) {
      onFault({ resource, key, error });
    }
  };
  return {
    add: (handler, present) => {
      // A function of its own, so that one handler may be added twice.
      const entry = (key: string): void => handler(key);
      handlers.add(entry);
      for (const key of present) notifyOne(entry, key);
      return () => void handlers.delete(entry);
    },
    notify: (keys) => {
      for (const key of keys) for (const handler of handlers) notifyOne(handler, key);
    },
  };
}
