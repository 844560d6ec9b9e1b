import { type QuayOrganizationStatus } from '../api/index.js';
import { credentialsRule } from '../pipeline/credential-uses.js';
import { type CredentialsRule } from '../integration/index.js';
import { clusterOver, createEventRecorder, type KubeClient } from '../kube/index.js';
import { type Log, type Metrics } from '../process/index.js';
import { createBuilds } from './builds.js';
import { createCertificates } from './certificates.js';
import { createDeletions } from './deletions/deletions.js';
import { createConnections } from './integrations/connections.js';
import { createIntegrations } from './integrations/integrations.js';
import { createRepositories } from './integrations/repositories.js';
import { createLocks } from './locks.js';
import { createNamespaces } from './namespaces.js';
import { type Operator } from './operator.js';
import { createDocumentSecrets } from './organizations/document-secrets.js';
import { createMemory } from '../converge/cache/observation-cache.js';
import { createOrganizations } from './organizations/organizations.js';
import { createConflictIndex } from './organizations/conflict-index.js';
import { createResync } from './organizations/resync.js';
import { operatorRepairs } from './repairs.js';
import { createGitSync } from './git/git-controller.js';
import { type Settings } from './settings.js';
import { createStatusWriter } from './status/write-status.js';
import { watchedCluster } from './watches/watched-cluster.js';
import { createWatches } from './watches/watches.js';

export interface ControllersInput {
  readonly client: KubeClient;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: Settings;
  /** The term is over. */
  readonly signal: AbortSignal;
}

/** The controllers of one term as leader. */
export interface Controllers {
  /** Why work cannot begin yet; undefined once all caches are filled. */
  readonly notReady: () => string | undefined;
  /** Everything that was to be done is done. */
  readonly isIdle: () => boolean;
  /** Names of what is not as it should be, after a single pass. */
  readonly faults: () => readonly string[];
  /** The tokens in use, for the log to leave out. */
  readonly secrets: () => readonly string[];
  /** Ends running work within the time. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** Creates the controllers and starts them as soon as the caches are synced. */
export function startControllers({ client, log, metrics, settings, signal }: ControllersInput): Controllers {
  const recorder = createEventRecorder(client, {
    controller: 'quayside.dev/operator',
    instance: settings.instance,
    onLost: (_, why) => {
      metrics.eventsLostTotal.inc();
      log.debug({ err: why }, 'writing an Event failed');
    },
  });
  const watches = createWatches(client, {
    onRestart: ({ resource, reason, message, wait }) => {
      metrics.watchRestartsTotal.inc({ resource, reason });
      if (wait > 0) log.warn({ resource, reason, wait }, message);
    },
    onFault: ({ resource, key, error }) => log.error({ resource, object: key, err: error }, 'reading an object failed'),
    onApiChange: () => refresh(),
  });
  const live = clusterOver(client, { close: () => Promise.resolve() });
  const cluster = watchedCluster(live, watches);
  const locks = createLocks();
  const operator: Operator = {
    client,
    watches,
    cluster,
    live,
    locks,
    recordEvent: recorder.record,
    repairs: operatorRepairs({ client, recordEvent: recorder.record, log, metrics }),
    log,
    metrics,
    settings,
    signal,
  };
  const rule = (): Promise<CredentialsRule> =>
    Promise.resolve(
      credentialsRule(settings, [...watches.integrations.list(), ...watches.predecessorIntegrations.list()]),
    );
  const connections = createConnections({
    store: live,
    rule,
    onCall: ({ method, status, milliseconds }) => {
      metrics.quayRequestsTotal.inc({ method, code: String(status) });
      metrics.quayRequestDurationSeconds.observe({ method }, milliseconds / 1000);
    },
    ...(settings.callsPerSecond !== undefined && { callsPerSecond: settings.callsPerSecond }),
  });
  const { configuration, namespace } = settings;
  const repositories = createRepositories({ cluster: live, configuration, namespace, rule, folder: settings.state });
  const memory = createMemory();
  const statuses = createStatusWriter<QuayOrganizationStatus>(client, (name) => watches.organizations.get(name)?.uid);
  const integrations = createIntegrations(operator, connections, repositories);
  const conflicting = createConflictIndex(watches, integrations);
  const deletions = createDeletions(operator, {
    integrations,
    memory,
    statuses,
    isBacklogged: () => organizations.queue.counts().event > 0,
  });
  const namespaces = createNamespaces(operator, integrations);
  const builds = createBuilds(operator, integrations);
  const certificates = createCertificates(operator, integrations);
  const organizations = createOrganizations(operator, {
    integrations,
    conflicting,
    memory,
    deletions,
    statuses,
    onConverged: (name) => {
      namespaces.queue.add(name);
      builds.recheck(name);
    },
  });
  const { queue } = organizations;
  const documentSecrets = createDocumentSecrets(operator, { integrations, memory, queue });
  const gitSync = createGitSync(operator, integrations);
  const resync = createResync(operator, { integrations, organizations, memory, conflicting, gitSync });
  const refresh = (): void => integrations.all().forEach(({ integration }) => gitSync.add(integration.metadata.name));

  metrics.beforeScrape(() => {
    if (signal.aborted) return;
    for (const [resource, age] of watches.ages()) metrics.cacheAgeSeconds.set({ resource }, age);
    const { event, resync: resyncing, delayed, active } = organizations.queue.counts();
    for (const [state, count] of Object.entries({ event, resync: resyncing, delayed, active })) {
      metrics.queueDepth.set({ queue: 'organizations', state }, count);
    }
  });

  let isFilled = false;
  watches.start();
  const starting = watches.filled().then((filled) => {
    if (!filled || signal.aborted) return;
    isFilled = true;
    log.info({ namespaces: watches.namespaces.cache.size() }, 'caches synced');
    gitSync.start();
    organizations.start();
    documentSecrets.start();
    deletions.start();
    namespaces.start();
    builds.start();
    certificates?.start();
    resync.start();
    integrations.start();
  });

  return {
    notReady: () => (isFilled ? undefined : `caches not synced: ${watches.unfilled().join('; ')}`),
    isIdle: () => isFilled && [integrations, gitSync, organizations, deletions, builds].every((part) => part.isIdle()),
    faults: () => [
      ...integrations
        .all()
        .flatMap(({ integration: { metadata } }) => notReady(metadata.name, integrations.status(metadata.name))),
      ...watches.organizations
        .list()
        .flatMap((one) => notReady(one.organization, statuses.last(one.uid) ?? one.status)),
    ],
    secrets: connections.secrets,
    stop: async (milliseconds) => {
      await Promise.all([resync.stop(), documentSecrets.stop(), certificates?.stop()]);
      await gitSync.stop();
      await Promise.all([
        organizations.stop(milliseconds),
        deletions.stop(milliseconds),
        namespaces.queue.drain(milliseconds),
        builds.stop(milliseconds),
      ]);
      await integrations.stop(milliseconds);
      await recorder.stop();
      await watches.stop();
      await starting;
      await connections.closeAll();
    },
  };
}

function notReady(
  name: string,
  status: { readonly conditions?: QuayOrganizationStatus['conditions'] } | undefined,
): readonly string[] {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? [] : [`${name}: ${ready?.message ?? 'not reconciled yet'}`];
}
