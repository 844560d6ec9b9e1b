/** Those who wait until something has ended. */
export interface Waiters {
  /** Comes back when it has ended, and after so many milliseconds at the latest. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly wake: () => void;
}

/** Nobody waits. */
export function createWaiters(): Waiters {
  const waiting: (() => void)[] = [];
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    wake: () => waiting.splice(0).forEach((wake) => wake()),
  };
}
