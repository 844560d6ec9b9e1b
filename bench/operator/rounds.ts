import { setTimeout as sleep } from 'node:timers/promises';
import type { OperatorProcess } from './process.js';

/** Waits until the operator has come to the end of the round in which it looks at every organization. */
export async function endOfRound({ metric }: OperatorProcess, patience = 600_000): Promise<void> {
  const series = 'quayside_last_success_timestamp_seconds';
  const deadline = performance.now() + patience;
  const before = await metric(series);
  while ((await metric(series)) === before) {
    if (performance.now() > deadline) throw new Error('the operator did not come to the end of a round');
    await sleep(250);
  }
}
