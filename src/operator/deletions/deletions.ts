import PQueue from 'p-queue';
import { type QuayOrganizationStatus, releaseDeletionsAnnotation } from '../../api/index.js';
import { type OrganizationResult } from '../../converge/index.js';
import { RetryableError } from '../../errors/index.js';
import { type Again, createQueue, type Turn } from '../../kube/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { organizationLock } from '../locks.js';
import { type Operator } from '../operator.js';
import { type Memory } from '../../converge/cache/observation-cache.js';
import { isReadable } from '../organizations/read-organization.js';
import { type DeletionIntake } from '../organizations/work.js';
import { consumeAnnotation } from '../git/consume-annotation.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { candidatesOf, stillThere } from './candidates.js';
import { finish, isDeleted } from './finish.js';
import { createCounters } from './counter.js';
import { createDebounceWindows } from './debounce-windows.js';
import { reportHeld } from './held-status.js';
import { guardDeletions } from './guard-deletions.js';
import { keepInventory, writeWaitingStatus } from './waiting-status.js';

/** The deletion guard: every deletion in Quay goes through it. */
export interface Deletions extends DeletionIntake {
  readonly isIdle: () => boolean;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<number>;
}

interface Parts {
  readonly integrations: Integrations;
  readonly memory: Memory;
  readonly statuses: StatusWriter<QuayOrganizationStatus>;
  /** Whether objects wait to be reconciled for the first time, or after a change. */
  readonly isBacklogged: () => boolean;
}

const soon: Again = { again: { milliseconds: 5_000 } };
/** What is held waits for a person; then the integration changes. */
const later: Again = { again: { milliseconds: 600_000 } };

/** Collects deletions, applies the limit to all of them together, and removes finalizers that need not wait. */
export function createDeletions(operator: Operator, parts: Parts): Deletions {
  const { integrations, memory, statuses } = parts;
  const at = (turn: Turn) => ({ signal: AbortSignal.any([turn.signal, signal]) });
  const { watches, locks, settings, signal, log } = operator;
  const counterOf = createCounters();
  const quiet = settings.deletionWindow * 1000;
  const windows = createDebounceWindows({ quiet, isBacklogged: parts.isBacklogged });
  const include = (integration: string, object: string, kind: 'objects' | 'repositories'): void => {
    windows.include(integration, object, kind);
    queue.add(`decide ${integration}`);
  };
  const finishOrReport = async (live: LiveOrganization, result: OrganizationResult, host: string): Promise<boolean> => {
    const { deletion } = result;
    if (deletion?.outcome === 'Release') {
      if (deletion.reason === 'OrganizationGone') memory.forget(host, live.organization);
      else memory.of(host, live.organization).resyncDue = true;
      await finish(operator, live, { outcome: 'Released', message: deletion.message });
    } else if (deletion !== undefined && isDeleted(result)) {
      memory.forget(host, live.organization);
      await finish(operator, live, { outcome: 'Deleted', message: deletion.message });
    } else {
      await writeWaitingStatus(statuses, live, result, host);
      return false;
    }
    return true;
  };

  /** An object that goes without anything being deleted need not wait for others. */
  const lookAtOne = async (name: string, turn: Turn): Promise<Again | undefined> => {
    const live = watches.organizations.get(name);
    if (live?.deleting !== true || live.finalizers.length === 0) return undefined;
    const exists = integrations.exists(live.integration);
    if (exists === 'No') {
      await finish(operator, live, { outcome: 'Released', message: 'its integration no longer exists' });
      return undefined;
    }
    const known = integrations.get(live.integration);
    const quay = known?.quay.value;
    if (known === undefined || known.integration.spec.suspend) return soon;
    if (!isReadable(live)) {
      const message = 'it does not match the schema; correct its spec, or remove its finalizer';
      await writeWaitingStatus(
        statuses,
        live,
        { failure: { code: 'InvalidInput', message, retryable: false } },
        known.host,
      );
      return later;
    }
    if (quay === undefined) {
      const { failure } = known.quay;
      await writeWaitingStatus(statuses, live, failure === undefined ? {} : { failure }, known.host);
      return soon;
    }
    return locks.hold([organizationLock(known.host, live.organization)], async () => {
      if (integrations.get(live.integration) !== known) return soon;
      const { organizations } = await guardDeletions(operator, parts, known, {
        ...at(turn),
        quay,
        gone: [live],
        declared: [],
        isFinal: false,
        counter: counterOf(known),
      });
      const [result] = organizations;
      if (result === undefined) return soon;
      if (result.deletion?.outcome !== 'Release') include(live.integration, name, 'objects');
      await finishOrReport(live, result, known.host);
      return undefined;
    });
  };
  const decide = async (name: string, turn: Turn): Promise<Again | undefined> => {
    const left = windows.left(name);
    if (left > 0) return { again: { milliseconds: left } };
    const found = candidatesOf(watches, integrations, name, windows.close(name));
    if (found.gone.length + found.declared.length === 0) {
      reportHeld(operator, integrations, name, undefined);
      return undefined;
    }
    const open = windows.of(name).objects;
    for (const live of found.gone) open.add(live.name);
    const known = integrations.get(name);
    const quay = known?.quay.value;
    if (known === undefined || quay === undefined || known.integration.spec.suspend) {
      if (integrations.exists(name) !== 'No') return soon;
      open.clear();
      // Without an integration nothing is deleted: each may go on its own.
      for (const live of found.gone) queue.add(`look ${live.name}`);
      return undefined;
    }
    const names = [...found.gone, ...found.declared].map((live) => organizationLock(known.host, live.organization));
    return locks.hold(names, async () => {
      if (integrations.get(name) !== known) return soon;
      const { gone, declared } = stillThere(watches, found);
      const changeSet = await guardDeletions(operator, parts, known, {
        ...at(turn),
        quay,
        gone,
        declared,
        isFinal: true,
        counter: counterOf(known),
      });
      const { held } = changeSet;
      reportHeld(operator, integrations, name, held);
      if (changeSet.releasesUsed.length > 0) await consumeAnnotation(operator, known, releaseDeletionsAnnotation);
      const byName = new Map(gone.map((live) => [live.organization, live]));
      for (const live of found.gone) if (!gone.includes(live)) open.delete(live.name);
      // A thousand objects that go one after the other would hold up what comes next for a minute.
      await new PQueue({ concurrency: settings.workers }).addAll(
        changeSet.organizations.map((result) => async () => {
          const live = byName.get(result.organization);
          if (live !== undefined && (await finishOrReport(live, result, known.host))) open.delete(live.name);
        }),
      );
      for (const live of declared) {
        memory.of(known.host, live.organization).resyncDue = true;
        await keepInventory(statuses, live, changeSet, known.host);
      }
      // Tried again later and later: what keeps one back must not cost the registry a look every few seconds.
      if (held?.organizations === undefined && gone.some((live) => open.has(live.name)))
        throw new RetryableError('Progressing', 'some deletions wait');
      return held === undefined ? undefined : later;
    });
  };

  const queue = createQueue({
    concurrency: 4,
    backoff: { first: 5_000, most: 60_000 },
    onFault: ({ key, error }) => log.info({ err: error, deletion: key }, 'deciding deletions failed, will retry'),
    work: async (key, turn) => {
      if (signal.aborted) return undefined;
      const [what, name = ''] = key.split(' ', 2);
      return what === 'look' ? lookAtOne(name, turn) : decide(name, turn);
    },
  });

  return {
    add: (_, object) => queue.add(`look ${object}`),
    addRepositories: (integration, object) => include(integration, object, 'repositories'),
    isIdle: () => {
      const { event, resync, active } = queue.counts();
      return event + resync + active === 0 && windows.areClosed();
    },
    start: () => integrations.onChange((name) => queue.add(`decide ${name}`)),
    stop: (milliseconds) => queue.drain(milliseconds),
  };
}
