import PQueue from 'p-queue';
import { type Fields } from '../json/index.js';
import { type Step } from './decide.js';
import { readinessOf } from './readiness.js';
import { groupKindIn, type LiveObject } from './sync-object.js';
import { type Kinds } from './traits.js';

/** How a step ended: `Held` where a repair has to wait. */
export type StepResult =
  | { readonly state: 'Written'; readonly object: Fields | undefined }
  | { readonly state: 'Held' }
  | { readonly state: 'Failed'; readonly error: unknown }
  /** It needs the new state of this one, which is not applied or not ready. */
  | { readonly state: 'Waiting'; readonly for: string };

/** What steps are run with. */
export interface Running {
  readonly lives: ReadonlyMap<string, LiveObject>;
  readonly kinds: Kinds;
  /** Keys that are declared and must not be written: nobody can wait for their new state. */
  readonly blocked: ReadonlySet<string>;
  readonly write: (step: Step) => Promise<StepResult>;
  readonly isStopped: () => boolean;
}

const atOnce = 8;

/**
 * Runs the steps, each once what it needs is applied and ready. What needs an object that is not ready now waits for the next
 * sync: nothing here waits for a cluster.
 */
export async function runSteps(steps: readonly Step[], running: Running): Promise<ReadonlyMap<string, StepResult>> {
  const results = new Map<string, StepResult>();
  let open = new Map(steps.map((step) => [step.key, step]));
  while (open.size > 0 && !running.isStopped()) {
    const free = [...open.values()].filter(({ after }) =>
      after.every((key) => isReady(key, { open, results, running })),
    );
    if (free.length === 0) break;
    const queue = new PQueue({ concurrency: atOnce });
    await queue.addAll(
      free.map((step) => async () => {
        if (!running.isStopped()) results.set(step.key, await running.write(step));
      }),
    );
    open = new Map([...open].filter(([key]) => !results.has(key)));
  }
  for (const { key, after } of open.values()) {
    const missing = after.find((one) => !isReady(one, { open, results, running }));
    if (missing !== undefined) results.set(key, { state: 'Waiting', for: missing });
  }
  return results;
}

interface Around {
  readonly open: ReadonlyMap<string, Step>;
  readonly results: ReadonlyMap<string, StepResult>;
  readonly running: Running;
}

/** Whether an object is applied as it is declared, and has reached that state. */
function isReady(key: string, { open, results, running: { lives, kinds, blocked } }: Around): boolean {
  if (open.has(key) || blocked.has(key)) return false;
  const result = results.get(key);
  if (result !== undefined && result.state !== 'Written') return false;
  const object = result === undefined ? lives.get(key)?.whole : result.object;
  // A remembered object has no status here: that it is there has to do.
  if (object === undefined) return result !== undefined || lives.has(key);
  return (kinds.get(groupKindIn(key))?.readiness ?? readinessOf)(object) === 'Current';
}
