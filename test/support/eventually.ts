import { setTimeout as sleep } from 'node:timers/promises';

/** The first result of a check that no longer throws; after the time is up, which is long for a machine that is busy, its last complaint. */
export async function eventually<T>(check: () => T | Promise<T>, milliseconds = 60_000): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (let pause = 25; ; pause = Math.min(pause * 1.3, 250)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(pause);
    }
  }
}
