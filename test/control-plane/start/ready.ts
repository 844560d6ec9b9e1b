import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from '../kubeconfig.js';
import type { Running } from '../process/supervise.js';
import { get } from '../request.js';

const patience = 120_000;

/** Waits until a path answers 200, and gives up at once when one of the programs that it needs has ended. */
export async function answers(access: Access, path: string, needed: readonly Running[]): Promise<void> {
  const ended = Promise.race(needed.map((program) => program.ended));
  let why: string | undefined;
  void ended.then((reason) => (why = reason));
  const deadline = performance.now() + patience;
  while (why === undefined && performance.now() < deadline) {
    const answer = await get(access, path).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`${path} did not become ready: ${why ?? `no success in ${patience / 1000} s`}`);
}
