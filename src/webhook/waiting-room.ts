/** Reviews that wait for something to change. */
export interface WaitingRoom {
  /** Resolves at the next change that concerns the namespace, at the latest after so long, or when the signal says so. */
  readonly wait: (namespace: string, milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Lets those of one namespace, or all, look again. */
  readonly wake: (namespace?: string) => void;
  readonly size: () => number;
}

/** An empty room. */
export function createWaitingRoom(): WaitingRoom {
  const waiting = new Map<string, Set<() => void>>();
  let size = 0;
  const leave = (namespace: string, go: () => void): void => {
    const inside = waiting.get(namespace);
    if (inside?.delete(go) !== true) return;
    size -= 1;
    if (inside.size === 0) waiting.delete(namespace);
  };
  return {
    wait: (namespace, milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const go = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', go);
          leave(namespace, go);
          resolve();
        };
        const timer = setTimeout(go, milliseconds);
        signal.addEventListener('abort', go, { once: true });
        waiting.set(namespace, (waiting.get(namespace) ?? new Set()).add(go));
        size += 1;
      }),
    wake: (namespace) => {
      const concerned = namespace === undefined ? [...waiting.values()] : [waiting.get(namespace) ?? []];
      for (const go of concerned.flatMap((inside) => [...inside])) go();
    },
    size: () => size,
  };
}
