import { setTimeout as wait } from 'node:timers/promises';
import { type GitSync } from '../git/git-controller.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type ConflictIndex } from './conflict-index.js';
import { findWork } from './find-work.js';
import { begin, type Begun, lookAtDue, lookEvery, type LookParts } from './look-at-due.js';
import { millisecondsOf } from './milliseconds-of.js';
import { dueRounds, type Rounds } from './resync-rounds.js';

/** Reconciles every organization at an interval, without an event. */
export interface Resync {
  /** Rounds that have been completed. */
  readonly rounds: () => number;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

interface Parts extends LookParts {
  readonly integrations: Integrations;
  readonly conflicting: ConflictIndex;
  readonly gitSync: Pick<GitSync, 'add'>;
}

type ResyncOperator = Pick<Operator, 'watches' | 'ownership' | 'settings' | 'metrics' | 'repairs'>;

/** Rounds of every integration, one after the other; one that takes longer than its interval goes on. */
export function createResync(operator: ResyncOperator, parts: Parts): Resync {
  const { integrations, gitSync } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const rounds: Rounds = new Map();
  const begun: Begun = new Map();
  let completed = 0;
  let running: Promise<void> | undefined;

  const round = async (name: string): Promise<void> => {
    const known = integrations.get(name);
    if (known === undefined) return;
    rounds.set(name, performance.now());
    if (known.integration.spec.suspend) return gitSync.add(name);
    const looked = await lookAtDue(operator, parts, known, { begun, signal });
    if (looked === undefined) return;
    completed += 1;
    if (!(await isSynced(operator, parts, name, looked))) return;
    operator.metrics.lastSuccessTimestampSeconds.set({ integration: name }, Date.now() / 1000);
  };
  // One whose Quay does not answer takes its time, and nobody else's.
  const active = new Map<string, Promise<void>>();
  const work = (name: string, task: () => Promise<void>): void => {
    if (!active.has(name))
      active.set(
        name,
        task().finally(() => active.delete(name)),
      );
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const rhythms = integrations.all().map(({ integration: { metadata, spec } }) => ({
        name: metadata.name,
        interval: millisecondsOf(spec.interval),
      }));
      for (const name of dueRounds(rounds, rhythms, performance.now())) work(name, () => round(name));
      for (const known of integrations.all())
        work(known.integration.metadata.name, () => begin(parts, known, { begun, signal }));
      await wait(lookEvery, undefined, { signal }).catch(() => undefined);
    }
    await Promise.all(active.values());
  };

  return {
    rounds: () => completed,
    start: () => void (running ??= run()),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Whether Git and Quay could be read for all of them, except for those that need a person. */
async function isSynced(
  operator: ResyncOperator,
  { integrations, memory, conflicting }: Parts,
  name: string,
  looked: readonly LiveOrganization[],
): Promise<boolean> {
  const known = integrations.get(name);
  if (known?.quay.value === undefined || integrations.reported(name).gitSync !== undefined) return false;
  for (const before of looked) {
    const live = operator.watches.organizations.get(before.name);
    if (live === undefined || live.deleting || !memory.of(known.host, live.organization).resyncDue) continue;
    if (!('skipped' in (await findWork(operator, { integrations, conflicting }, live)))) return false;
  }
  return true;
}
