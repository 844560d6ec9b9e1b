import { type DeletionKind } from '../../converge/index.js';

const hour = 3_600_000;

/** Gives how many of some deletions the limit does not count yet: one that is tried again within the hour is the same. */
export function createCounter(now: () => number = Date.now): (kind: DeletionKind, names: readonly string[]) => number {
  const tried = new Map<string, number>();
  return (kind, names) => {
    for (const [name, time] of tried) if (time <= now() - hour) tried.delete(name);
    const fresh = names.map((name) => `${kind} ${name}`).filter((name) => !tried.has(name));
    for (const name of fresh) tried.set(name, now());
    return fresh.length;
  };
}
