import { sleep } from '../../clock/index.js';
import { type Ended } from './follow.js';
import { type ReflectorSettings } from './options.js';
import { type Next, nextAfter } from './outcome.js';

// A watch that lived this long was a good one, even when nothing happened.
const lasting = 10_000;

/** What a round is made of. */
export interface Steps {
  /** Undefined when the list was read. */
  readonly list: () => Promise<Ended | undefined>;
  /** How it ended, and whether it had brought anything. */
  readonly watch: () => Promise<Ended & { readonly eventful: boolean }>;
  /** It has come to an end, and is tried again after so many milliseconds. */
  readonly onEnd: (end: Ended, wait: number) => void;
}

/** Lists, watches, and does either again, for as long as the signal lets it. */
export async function goRound(steps: Steps, settings: ReflectorSettings, signal: AbortSignal): Promise<void> {
  const { clock, random } = settings;
  let next: Next = { step: 'list', wait: 0 };
  let failures = 0;
  let last: string | undefined;
  while (!signal.aborted) {
    const begun = clock.now();
    const watched: (Ended & { readonly eventful?: boolean }) | undefined =
      next.step === 'list' ? await steps.list() : await steps.watch();
    if (signal.aborted) return;
    if (watched === undefined) {
      next = { step: 'watch', wait: 0 };
      continue;
    }
    const good = watched.eventful === true || (next.step === 'watch' && clock.now() - begun >= lasting);
    failures = good || watched.reason !== last ? 1 : failures + 1;
    last = watched.reason;
    next = nextAfter(watched, next.step, failures, random);
    steps.onEnd(watched, next.wait);
    await sleep(clock, next.wait, signal);
  }
}
