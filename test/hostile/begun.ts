import { beforeAll } from '@jest/globals';

/** Begins all of it before the first test, where it is called in a file, or before the first of a group: each waits for its own, and none for the one before. */
export function begun<T>(begin: () => readonly (readonly [string, Promise<T>])[]): (name: string) => Promise<T> {
  let all: ReadonlyMap<string, Promise<T>> = new Map();
  beforeAll(() => {
    all = new Map(begin());
    // Told where it is waited for.
    for (const one of all.values()) one.catch(() => undefined);
  });
  return (name) => all.get(name) ?? Promise.reject(new Error(`nobody began ${name}`));
}
