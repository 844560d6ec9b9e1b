import { setTimeout as wait } from 'node:timers/promises';
import { durationSeconds, type QuayOrganization } from '../../api/index.js';
import { type Failure, failureOf } from '../../converge/index.js';
import { type StateReader } from '../../git/index.js';
import { type Batcher, createBatcher, namespacedNameOf } from '../../kube/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { type IntegrationReport } from '../status/integration-report.js';
import { desiredObject, documentRepair, isAsDesired } from '../../sync/index.js';
import { relevanceOf } from './relevance.js';
import { planSuspended } from './plan-suspended.js';
import { type GitResult, reconcileGit } from './reconcile-git.js';

/** Reconciles Git: renders the cluster into Git, and syncs Git into the cluster as objects. */
export interface GitSync {
  /** Something has changed for an integration. */
  readonly add: (integration: string) => void;
  readonly isIdle: () => boolean;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** The documents of the last reconciliation, by name, without the texts of the files. */
type Last = ReadonlyMap<string, QuayOrganization>;

function kept({ documents }: GitResult): Last {
  return new Map(documents.map((document) => [document.metadata.name, document]));
}

const quiet = 2_000;
const most = 10_000;

/** Watches the inputs of documents, and reconciles Git for every integration whose documents may change. */
export function createGitSync(operator: Operator, integrations: Integrations): GitSync {
  const { watches, log, metrics, repairs, signal } = operator;
  const batchers = new Map<string, Batcher>();
  const last = new Map<string, Last>();
  /** The head of the last reconciliation, suspended or not; undefined while the branch has none. */
  const seen = new Map<string, string | undefined>();
  const relevance = new Map<string, string>();
  const polls = new Map<string, AbortController>();
  let stopped = false;

  const reconcile = async (name: string): Promise<void> => {
    const known = integrations.get(name);
    const repository = known?.repository.value;
    if (known === undefined || repository === undefined || signal.aborted) return;
    const { suspend } = known.integration.spec;
    const started = performance.now();
    log.debug({ integration: name }, 'reconciling Git');
    try {
      const quay = known.quay.value;
      if (!suspend) {
        integrations.report(name, { plan: undefined });
        const reconciled = await reconcileGit(operator, integrations, known, { repository, last: last.get(name) });
        last.set(name, kept(reconciled));
        noteHead(name, reconciled);
        count(reconciled);
        if (reconciled.due !== undefined) batcherOf(name).addLater(reconciled.due);
        // One that went meanwhile was not known to be missed.
        if (reconciled.leaving.some((one) => watches.organizations.get(one) === undefined)) add(name);
      } else if (quay !== undefined) {
        const planned = await planSuspended(operator, integrations, known, { repository, quay });
        if (planned === undefined) seen.delete(name);
        else seen.set(name, planned.commit);
      }
      observe('success', started);
      log.debug({ integration: name }, 'reconciled Git');
    } catch (error) {
      observe('failure', started);
      metrics.gitOperationsTotal.inc({ operation: 'push', result: 'failure' });
      const failure: Failure = failureOf(error);
      integrations.report(name, { gitSync: failure });
      log.warn({ err: error, integration: name }, 'reconciling Git failed');
      // A retry would fail again; the next change, or the next poll of the branch, tries again.
      if (failure.retryable) throw error;
    }
  };
  const noteHead = (name: string, { head, refused }: GitResult): void => {
    // What was refused may be taken the next time, although the branch says the same.
    if (refused.length > 0) seen.delete(name);
    else seen.set(name, head?.commit);
  };
  const count = ({ declared: { published } }: GitResult): void => {
    if (published?.git.pushed !== true) return;
    const { attempts, change } = published.git;
    metrics.gitOperationsTotal.inc({ operation: 'push', result: 'success' });
    metrics.gitPushRetriesTotal.inc(attempts - 1);
    metrics.gitBatchSize.observe(change.writes.size + change.deletes.length);
  };
  const observe = (result: string, started: number): void =>
    metrics.reconcileDurationSeconds.observe({ controller: 'git', result }, (performance.now() - started) / 1000);
  const batcherOf = (name: string): Batcher => {
    let batcher = batchers.get(name);
    if (batcher === undefined) {
      const onFault = (error: unknown): void =>
        log.debug({ err: error, integration: name }, 'retrying to reconcile Git');
      batcher = createBatcher({ run: () => reconcile(name), onFault, quiet, most });
      batchers.set(name, batcher);
    }
    return batcher;
  };
  const add = (name: string): void => batcherOf(name).add();
  const addAll = (): void => integrations.all().forEach(({ integration }) => add(integration.metadata.name));

  /** Polls the branch: people and other tools write to it as well. */
  const poll = async (name: string, stopping: AbortSignal): Promise<void> => {
    while (!stopping.aborted) {
      const known = integrations.get(name);
      const seconds = known === undefined ? 60 : durationSeconds(known.integration.spec.git.interval);
      await wait(Math.max(1, seconds) * 1000, undefined, { signal: stopping }).catch(() => undefined);
      if (stopping.aborted) return;
      const repository = integrations.get(name)?.repository.value;
      if (repository !== undefined && (await hasMoved(name, repository))) add(name);
    }
  };
  const hasMoved = async (name: string, repository: StateReader): Promise<boolean> => {
    try {
      const head = await repository.head();
      // Also where the last try failed: it may work now.
      return !seen.has(name) || head?.commit !== seen.get(name) || isUnfinished(integrations.reported(name));
    } catch {
      // The next reconciliation reports the error in the status.
      return true;
    }
  };
  const relevanceNow = (name: string): string => relevanceOf(watches.namespaces.cache.get(name), integrations.all());
  /** Whether the last reconciliation failed, or could not read an input. */
  const isUnfinished = ({ gitSync, unknown = [] }: IntegrationReport): boolean =>
    gitSync !== undefined || unknown.length > 0;
  const onIntegration = (name: string): void => {
    // An integration that is read for the first time during shutdown must not be polled.
    if (stopped) return;
    // What one integration selects decides what is left for the others.
    for (const one of watches.namespaces.cache.keys()) relevance.set(one, relevanceNow(one));
    addAll();
    if (integrations.get(name) === undefined) {
      polls.get(name)?.abort();
      polls.delete(name);
      last.delete(name);
      seen.delete(name);
      return;
    }
    if (polls.has(name)) return;
    const stopping = new AbortController();
    polls.set(name, stopping);
    void poll(name, stopping.signal);
  };
  const onNamespace = (name: string): void => {
    const now = relevanceNow(name);
    const before = relevance.get(name);
    relevance.set(name, now);
    if (now === 'gone') relevance.delete(name);
    if (now !== before && !(before === undefined && now === 'nobody')) addAll();
  };
  const onStream = (key: string): void => {
    const namespace = watches.namespaces.cache.get(namespacedNameOf(key).namespace);
    const selecting = integrations.all().filter((known) => relevanceOf(namespace, [known]).endsWith('true'));
    for (const { integration } of selecting) add(integration.metadata.name);
  };
  /** An object that is not as the state repository has it was changed or deleted by somebody else. */
  const onOrganization = (name: string): void => {
    const live = watches.organizations.get(name);
    for (const { integration } of integrations.all()) {
      if (integration.spec.git.sync !== 'BuiltIn' || integration.spec.suspend) continue;
      const document = last.get(integration.metadata.name)?.get(name);
      if (document === undefined) continue;
      const { name: of } = integration.metadata;
      if (live !== undefined && (live.deleting || isAsDesired(live, desiredObject(document, of)))) continue;
      const wait = repairs.hold(documentRepair(document, { integration: of, last: last.get(of), live }));
      if (wait > 0) batcherOf(of).addLater(wait);
      else add(of);
    }
  };

  return {
    add,
    isIdle: () => [...batchers.values()].every((batcher) => batcher.isIdle()),
    start: () => {
      integrations.onChange(onIntegration);
      watches.namespaces.subscribe(onNamespace);
      watches.imageStreams.subscribe(onStream);
      watches.organizations.subscribe(onOrganization);
    },
    stop: async () => {
      stopped = true;
      polls.forEach((stopping) => stopping.abort());
      await Promise.all([...batchers.values()].map((batcher) => batcher.stop()));
    },
  };
}
