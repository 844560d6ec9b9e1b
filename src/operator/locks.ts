/** Lets one at a time work on what has a name. */
export interface Locks {
  /** Waits for all of the names, then works. */
  readonly hold: <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>;
}

/** Nobody works on anything. */
export function createLocks(): Locks {
  const tails = new Map<string, Promise<void>>();
  return {
    hold: async (names, work) => {
      const unique = [...new Set(names)];
      const before = unique.flatMap((name) => tails.get(name) ?? []);
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      // All places are taken in the same moment, so nobody can wait for somebody who waits for him.
      for (const name of unique) tails.set(name, held);
      await Promise.all(before);
      try {
        return await work();
      } finally {
        for (const name of unique) if (tails.get(name) === held) tails.delete(name);
        release();
      }
    },
  };
}

/** The name that who writes to an organization holds. */
export function organizationLock(registry: string, organization: string): string {
  return `organization ${registry}/${organization}`;
}
