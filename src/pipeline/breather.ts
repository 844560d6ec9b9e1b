import { setImmediate } from 'node:timers/promises';

/** What is parsed in about a tenth of a second. */
const atOnce = 64 * 1024;

/** Lets other work go on after so many bytes of text: health, the Lease, and watches cannot wait for a whole repository. */
export function breather(): (bytes: number) => Promise<void> {
  let since = 0;
  return async (bytes) => {
    since += bytes;
    if (since < atOnce) return;
    since = 0;
    await setImmediate();
  };
}
