import { type Report, strictest } from '../policy/index.js';
import { decideApplies, type Decided } from './decide.js';
import { judgeFaults } from './faults.js';
import { contentsOf } from './inventory/contents.js';
import { openInventory } from './inventory/inventory.js';
import { recordWider } from './inventory/record.js';
import { objectRepair } from './object-repair.js';
import { pruneObjects, type Removed } from './prune-objects.js';
import { failed, reportOf } from './reports.js';
import { runSteps, type StepResult } from './run-steps.js';
import { type SyncInput, type Synced } from './sync-input.js';
import { objectKey } from './sync-object.js';
import { writeObject } from './write-object.js';

/** Milliseconds until what failed or waits is tried again. */
const again = 5_000;

/**
 * Applies objects of any kinds to the cluster, in the order of what they need, and prunes those that were applied and are no
 * longer declared. One that cannot be written stops none but those that need it.
 */
export async function syncObjects(input: SyncInput): Promise<Synced> {
  const { client, prune, signal, repairs, last } = input;
  const lives = new Map(input.lives.map((live) => [live.key, live]));
  const parentNamespace = prune?.parent.named.namespace;
  const inventory = prune && (await openInventory(client, prune.parent));
  const declared = new Set(input.objects.map(({ object }) => objectKey(object)));
  const unread = input.unread ?? new Map<string, unknown>();
  const objects = input.objects.filter(({ object }) => !unread.has(objectKey(object)));
  const policy = strictest(inventory?.policy ?? {}, input.policy);
  const decided = decideApplies({ ...input, policy, objects, lives, set: inventory?.id });
  const recording = inventory && (await recordWider(inventory, contentsOf(declared, parentNamespace)));
  const results = await runSteps(decided.steps, {
    lives,
    kinds: input.kinds,
    blocked: new Set([...decided.blocked, ...unread.keys()]),
    isStopped: () => signal.aborted,
    write: (step) => {
      const live = lives.get(step.key);
      return writeObject(step, { client, repairs, last, live, set: inventory?.id, recording, parentNamespace });
    },
  });
  const unreadable = [...unread].map(([key, error]) => failed(key, 'change', error));
  const reports = [
    ...unreadable,
    ...decided.reports,
    ...decided.steps.flatMap((step) => reportOf(step, results.get(step.key))),
  ];
  const isWhole = decided.leaving.length === 0 && reports.every(({ outcome }) => outcome === 'Done');
  const removed = inventory && recording && (await pruneObjects(input, { inventory, recording, declared, isWhole }));
  return conclude(input, { decided, results, reports, removed, set: inventory?.id });
}

interface Run {
  readonly decided: Decided;
  readonly results: ReadonlyMap<string, StepResult>;
  readonly reports: readonly Report[];
  readonly removed: Removed | undefined;
  readonly set: string | undefined;
}

function conclude(input: SyncInput, run: Run): Synced {
  const { decided, results, reports, removed } = run;
  const { steps, leaving, meant } = decided;
  const errors = [...results].flatMap(([key, result]): [string, unknown][] =>
    result.state === 'Failed' ? [[key, result.error]] : [],
  );
  const all = new Map([...(input.unread ?? []), ...errors, ...(removed?.errors ?? [])]);
  const { refused, faults, isTransient } = judgeFaults(all, steps.length + (removed?.attempts ?? 0));
  const told = [...reports, ...(removed?.reports ?? []), ...unlistedReports(input)];
  return {
    meant,
    leaving,
    refused,
    faults,
    reports: told.toSorted((one, other) => (one.object < other.object ? -1 : Number(one.object > other.object))),
    ...(removed?.held && { held: removed.held }),
    ...dueOf(input, run, isTransient),
  };
}

/** When it is worth to sync again: when a repair may be made, or soon where something failed or waits. */
function dueOf(
  { repairs, last }: SyncInput,
  { decided, results, set }: Run,
  isTransient: boolean,
): Pick<Synced, 'due'> {
  const isWaiting = [...results.values()].some(({ state }) => state === 'Waiting');
  const holds = decided.steps.map(({ declared, traits }) =>
    repairs.hold(objectRepair(declared, { traits, set, last })),
  );
  const waits = [...holds, isTransient || isWaiting ? again : 0].filter((wait) => wait > 0);
  return waits.length === 0 ? {} : { due: Math.min(...waits) };
}

function unlistedReports({ unlisted = new Map<string, string>() }: SyncInput): readonly Report[] {
  return [...unlisted].map(([groupKind, message]): Report => ({
    object: `all of ${groupKind}`,
    action: 'delete',
    outcome: 'Skipped',
    reason: 'InputUnknown',
    message,
  }));
}
