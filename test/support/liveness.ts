import { Worker } from 'node:worker_threads';

/** What a program said about its life for a while. */
export interface Liveness {
  readonly asked: number;
  /** Seconds. */
  readonly slowest: number;
  /** Why a probe failed: another answer than 200, or none within the time. */
  readonly failures: readonly string[];
}

/** Asks an address again and again, from a thread of its own since this one is busy; ends with what it found. */
export function watchLiveness(url: string, timeout: number): () => Promise<Liveness> {
  const worker = new Worker(program, { eval: true, workerData: { url, timeout } });
  const found = new Promise<Liveness>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  found.catch(() => undefined);
  return async () => {
    worker.postMessage('end');
    return found;
  };
}

// In the language of the thread, which nothing compiles.
const program = `
const { parentPort, workerData: { url, timeout } } = require('node:worker_threads');
let isOver = false;
parentPort.once('message', () => (isOver = true));
const ask = async () => {
  const seen = { asked: 0, slowest: 0, failures: [] };
  while (!isOver || seen.asked === 0) {
    const started = performance.now();
    const answer = fetch(url, { signal: AbortSignal.timeout(timeout * 1000) });
    const status = await answer.then((response) => response.text().then(() => response.status), String);
    seen.asked += 1;
    seen.slowest = Math.max(seen.slowest, (performance.now() - started) / 1000);
    if (status !== 200) seen.failures.push(String(status));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  parentPort.postMessage(seen);
};
void ask();
`;
