import type { Send } from './call.js';

/** Lets at most so many calls be on their way at once; the others wait in order. */
export function atMost(limit: number, send: Send): Send {
  let running = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (call) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await send(call);
    } finally {
      release();
    }
  };
}
