import { setTimeout as wait } from 'node:timers/promises';
import { type Reason } from '../api/index.js';
import { type Controllers } from './start-controllers.js';

const settleFor = 1_500;
const lookEvery = 100;
/** An API server that restarts is back by then. */
const patience = 30_000;

/** These do not go away by themselves. */
const lasting: ReadonlySet<Reason> = new Set([
  'ClusterAccessForbidden',
  'ClusterLoginRejected',
  'ClusterAnswerUnexpected',
]);

/** Waits until there has been nothing to do for a moment, or until it is clear that the work cannot begin. */
export async function finishOnce(
  controllers: Pick<Controllers, 'isIdle' | 'unfilled'>,
  signal: AbortSignal,
): Promise<void> {
  let idleSince: number | undefined;
  let blockedSince: number | undefined;
  while (!signal.aborted) {
    const now = performance.now();
    const failures = controllers.unfilled().flatMap(({ code }) => (code === undefined ? [] : [code]));
    if (failures.length === 0) blockedSince = undefined;
    else if (failures.some((code) => lasting.has(code)) || (blockedSince ??= now) + patience <= now) return;
    if (!controllers.isIdle()) idleSince = undefined;
    else if ((idleSince ??= now) + settleFor <= now) return;
    await wait(lookEvery, undefined, { signal }).catch(() => undefined);
  }
}
