import { type Clock } from './clock.js';

/** Waits; ends early, without an error, when the signal says so. */
export function sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const wake = (): void => {
      callOff();
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const callOff = clock.after(milliseconds, wake);
    signal?.addEventListener('abort', wake, { once: true });
  });
}
