import { limits } from '../limits/index.js';

/** Reviews that wait until more is known. */
export interface News {
  /**
   * Resolves when something changes that concerns the namespace, at the latest after so long; undefined when too many wait for
   * that namespace already.
   */
  readonly of: (namespace: string, milliseconds: number) => Promise<void> | undefined;
  /** Something has changed, in one namespace or in all. */
  readonly tell: (namespace?: string) => void;
}

/** Whoever asks about one namespace keeps no place from the others; all together are no more than the connections. */
const most = limits.waitingReviews;

/** Nobody waits. */
export function createNews(): News {
  const waiting = new Map<string, Set<() => void>>();
  return {
    of: (namespace, milliseconds) => {
      const inside = waiting.get(namespace) ?? new Set();
      if (inside.size >= most) return undefined;
      waiting.set(namespace, inside);
      return new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer);
          inside.delete(go);
          if (inside.size === 0) waiting.delete(namespace);
          resolve();
        };
        const timer = setTimeout(go, milliseconds);
        inside.add(go);
      });
    },
    tell: (namespace) => {
      const concerned = namespace === undefined ? [...waiting.values()] : [waiting.get(namespace) ?? []];
      for (const go of concerned.flatMap((inside) => [...inside])) go();
    },
  };
}
