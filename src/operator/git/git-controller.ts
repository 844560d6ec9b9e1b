import { durationSeconds } from '../../api/index.js';
import { type StateReader } from '../../git/index.js';
import { namespacedNameOf } from '../../kube/index.js';
import { documentRepair } from '../../sync/index.js';
import { type Batchers, createBatchers } from '../batchers.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
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
  readonly stop: () => Promise<void>;
}

/** What the handlers of events share. */
interface Parts extends Pick<Operator, 'watches' | 'repairs'> {
  readonly integrations: Integrations;
  readonly state: GitState;
  readonly batchers: Batchers;
}

const quiet = 2_000;
const most = 10_000;

/** Watches the inputs of documents, and reconciles Git for every integration whose documents may change. */
export function createGitSync(operator: ReconcileOperator, integrations: Integrations): GitSync {
  const { watches, repairs, log } = operator;
  const state = emptyGitState();
  const batchers = createBatchers({
    run: async (name) => {
      const { soon = false, due } = await reconcileIntegration(operator, { integrations, state }, name);
      if (due !== undefined) batchers.addLater(name, due);
      if (soon) batchers.add(name);
    },
    onFault: (name, error) => log.debug({ err: error, integration: name }, 'retrying to reconcile Git'),
    quiet,
    most,
  });
  const parts: Parts = { watches, repairs, integrations, state, batchers };
  const polls = createBranchPolls({
    interval: (name) => durationSeconds(integrations.get(name)?.integration.spec.git.interval ?? '60s'),
    look: async (name) => {
      const repository = integrations.get(name)?.repository.value;
      if (repository !== undefined && (await hasMoved(parts, name, repository))) batchers.add(name);
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
      watches.organizations.subscribe((name) => onOrganization(parts, name));
    },
    stop: async () => {
      stopped = true;
      polls.stopAll();
      await batchers.stop();
    },
  };
}

async function hasMoved({ state, integrations }: Parts, name: string, repository: StateReader): Promise<boolean> {
  try {
    const head = await repository.head();
    return isDue(state, name, { head: head?.commit, reported: integrations.reported(name) });
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

/** Restores an object that somebody else changed or deleted. */
function onOrganization({ watches, repairs, integrations, state, batchers }: Parts, name: string): void {
  const live = watches.organizations.get(name);
  for (const { integration, document } of changedObjects(state, integrations.all(), name, live)) {
    const last = state.documents.get(integration);
    const wait = repairs.hold(documentRepair(document, { integration, last, live }));
    if (wait > 0) batchers.addLater(integration, wait);
    else batchers.add(integration);
  }
}
