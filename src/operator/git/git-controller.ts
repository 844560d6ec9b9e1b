import { durationSeconds } from '../../api/index.js';
import { roleOfOthers } from '../../desired/index.js';
import { type StateRepository } from '../../git/index.js';
import { namespacedNameOf } from '../../kube/index.js';
import { organizationTraits } from '../../pipeline/organization-objects.js';
import { objectRepair } from '../../sync/index.js';
import { type Batchers, createBatchers } from '../batchers.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type Terms } from '../term/terms.js';
import { createBranchPolls } from './branch-polls.js';
import { changedObjects, emptyGitState, forgetIntegration, type GitState, isDue } from './git-state.js';
import { reconcileIntegration, type ReconcileOperator } from './reconcile-integration.js';
import { noteRelevance, relevanceOf } from './relevance.js';

/** Reconciles Git: renders the cluster into Git, and syncs Git into the cluster as objects. */
export interface GitSync {
  /** Something has changed for an integration. */
  readonly add: (integration: string) => void;
  readonly isIdle: () => boolean;
  readonly start: () => void;
  /** Ends what is being done; after the time no further object is written. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** What the handlers of events share. */
interface Parts extends Pick<Operator, 'watches' | 'repairs'> {
  readonly integrations: Integrations;
  readonly terms: Terms;
  readonly state: GitState;
  readonly batchers: Batchers;
}

const quiet = 2_000;
const most = 10_000;

/** Watches the inputs of documents, and reconciles Git for every integration whose documents may change. */
export function createGitSync(given: ReconcileOperator, integrations: Integrations, terms: Terms): GitSync {
  const ending = new AbortController();
  const operator = { ...given, signal: AbortSignal.any([given.signal, ending.signal]) };
  const { watches, repairs, log } = operator;
  const state = emptyGitState();
  const batchers = createBatchers({
    run: async (name) => {
      const { soon = false, due } = await reconcileIntegration(operator, { integrations, terms, state }, name);
      if (due !== undefined) batchers.addLater(name, due);
      if (soon) batchers.add(name);
    },
    onFault: (name, error) => log.debug({ err: error, integration: name }, 'retrying to reconcile Git'),
    quiet,
    most,
  });
  const parts: Parts = { watches, repairs, integrations, terms, state, batchers };
  const polls = createBranchPolls({
    interval: (name) => durationSeconds(integrations.get(name)?.integration.spec.git.interval ?? '60s'),
    look: async (name) => {
      const known = integrations.get(name);
      if (known?.repository.value === undefined || !(await hasMoved(parts, known, known.repository.value))) return;
      // Work that is being done reads the branch itself; what it read too early is seen the next time.
      batchers.addFound(name);
    },
  });
  const onNamespaces = namespaceHandlers(parts);
  let stopped = false;

  return {
    add: batchers.add,
    isIdle: batchers.isIdle,
    start: () => {
      integrations.onChange((name) => {
        // An integration that is read for the first time during shutdown must not be polled.
        if (stopped) return;
        onNamespaces.selected();
        if (integrations.get(name) !== undefined) return polls.start(name);
        polls.stop(name);
        forgetIntegration(state, name);
      });
      watches.namespaces.subscribe(onNamespaces.changed);
      watches.imageStreams.subscribe((key) => onStream(parts, key));
      watches.accounts.subscribe(accountHandler(parts));
      watches.organizations.subscribe((name) => onOrganization(parts, name));
    },
    stop: async (milliseconds) => {
      stopped = true;
      polls.stopAll();
      const timer = setTimeout(() => ending.abort(), milliseconds);
      await batchers.stop();
      clearTimeout(timer);
    },
  };
}

async function hasMoved(
  { state, integrations, terms }: Parts,
  known: KnownIntegration,
  repository: StateRepository,
): Promise<boolean> {
  const { name } = known.integration.metadata;
  try {
    const head = await repository.head();
    if (isDue(state, name, { head: head?.commit, reported: integrations.reported(name) })) return true;
    return await terms.hasChanged(known, repository);
  } catch {
    // The next reconciliation reports the error in the status.
    return true;
  }
}

/** Who looks at a namespace when it changes, and at all of them when an integration selects others. */
function namespaceHandlers({ watches, integrations, batchers }: Parts): {
  readonly changed: (namespace: string) => void;
  readonly selected: () => void;
} {
  const { cache } = watches.namespaces;
  const known = new Map<string, string>();
  const note = (name: string): boolean => noteRelevance(known, name, relevanceOf(cache.get(name), integrations.all()));
  const addAll = (): void => integrations.all().forEach(({ integration }) => batchers.add(integration.metadata.name));
  return {
    changed: (name) => {
      if (note(name)) addAll();
    },
    selected: () => {
      // What one integration selects decides what is left for the others.
      for (const name of cache.keys()) note(name);
      addAll();
    },
  };
}

function onStream({ watches, integrations, batchers }: Parts, key: string): void {
  const namespace = watches.namespaces.cache.get(namespacedNameOf(key).namespace);
  const selecting = integrations.all().filter((known) => relevanceOf(namespace, [known]).endsWith('true'));
  for (const { integration } of selecting) batchers.add(integration.metadata.name);
}

/** Who looks at a service account that comes or goes, where each of them gets a robot. */
function accountHandler({ watches, integrations, batchers }: Parts): (key: string) => void {
  const known = new Set<string>();
  return (key) => {
    const isThere = watches.accounts.cache.get(key) !== undefined;
    if (isThere === known.has(key)) return;
    if (isThere) known.add(key);
    else known.delete(key);
    const namespace = watches.namespaces.cache.get(namespacedNameOf(key).namespace);
    for (const one of integrations.all()) {
      const concerns = roleOfOthers(one.integration.spec) !== undefined;
      if (concerns && relevanceOf(namespace, [one]).endsWith('true')) batchers.add(one.integration.metadata.name);
    }
  };
}

/** Restores an object that somebody else changed or deleted. */
function onOrganization({ watches, repairs, integrations, state, batchers }: Parts, name: string): void {
  const live = watches.organizations.get(name);
  for (const { integration, object, set } of changedObjects(state, integrations.all(), name, live)) {
    const last = state.documents.get(integration);
    const wait = repairs.hold(objectRepair(object, { traits: organizationTraits, set, last, live }));
    if (wait > 0) batchers.addLater(integration, wait);
    else batchers.add(integration);
  }
}
