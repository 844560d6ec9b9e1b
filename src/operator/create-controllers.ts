import { type QuayOrganizationStatus } from '../api/index.js';
import { type CertificateKeeper } from '../certs/index.js';
import { createMemory, type Memory } from '../converge/cache/observation-cache.js';
import { type CredentialsRule } from '../integration/index.js';
import { credentialsRule } from '../pipeline/credential-uses.js';
import { type Builds, createBuilds } from './builds.js';
import { createCertificates } from './certificates.js';
import { createDeletions, type Deletions } from './deletions/deletions.js';
import { createGitSync, type GitSync } from './git/git-controller.js';
import { type Connections, createConnections } from './integrations/connections.js';
import { createIntegrations, type Integrations } from './integrations/integrations.js';
import { createRepositories, type Repositories } from './integrations/repositories.js';
import { createNamespaces, type Namespaces } from './namespaces.js';
import { type Operator } from './operator.js';
import { createAgreements } from './organizations/agreements.js';
import { createConflictIndex } from './organizations/conflict-index.js';
import { createDocumentSecrets, type DocumentSecrets } from './organizations/document-secrets.js';
import { createFeeds } from './organizations/feeds.js';
import { createOrganizations, type Organizations } from './organizations/organizations.js';
import { createResync, type Resync } from './organizations/resync.js';
import { createTerms } from './term/terms.js';
import { createStatusWriter, type StatusWriter } from './status/write-status.js';

/** Every controller, and what is asked from outside of them. */
export interface ControllerSet {
  readonly connections: Connections;
  readonly statuses: StatusWriter<QuayOrganizationStatus>;
  readonly integrations: Integrations;
  readonly gitSync: GitSync;
  readonly organizations: Organizations;
  readonly deletions: Deletions;
  readonly namespaces: Namespaces;
  readonly builds: Builds;
  readonly certificates: CertificateKeeper | undefined;
  readonly documentSecrets: DocumentSecrets;
  readonly resync: Resync;
}

/** Creates the controllers, each with those that it reports to; none of them is started. */
export function createControllers(operator: Operator): ControllerSet {
  const { client, watches } = operator;
  const { connections, repositories } = connectionsOf(operator);
  const memory = createMemory();
  const statuses = createStatusWriter<QuayOrganizationStatus>(client, (name) => watches.organizations.get(name)?.uid);
  const integrations = createIntegrations(operator, connections, repositories);
  const feeds = createFeeds(operator, { integrations, connections });
  const conflicting = createConflictIndex(watches, integrations);
  const terms = createTerms(operator, integrations);
  const deletions = createDeletions(operator, {
    integrations,
    terms,
    memory,
    statuses,
    isBacklogged: () => {
      const { event, refresh } = organizations.queue.counts();
      return event + refresh > 0;
    },
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
    agreements: createAgreements(operator, integrations),
    feeds,
    onConverged: (name) => {
      namespaces.queue.add(name);
      builds.recheck(name);
    },
  });
  operator.ownership.onChange(() => lookAtAll(watches, integrations, memory, organizations));
  const documentSecrets = createDocumentSecrets(operator, { integrations, memory, queue: organizations.queue });
  const gitSync = createGitSync(operator, integrations, terms);
  const resyncing = { integrations, organizations, memory, conflicting, gitSync, feeds, statuses };
  const resync = createResync(operator, resyncing);
  return {
    connections,
    statuses,
    integrations,
    gitSync,
    organizations,
    deletions,
    namespaces,
    builds,
    certificates,
    documentSecrets,
    resync,
  };
}

/** Other keys: every mark and every inventory is another question now. */
function lookAtAll(
  { organizations: all }: Pick<Operator['watches'], 'organizations'>,
  integrations: Pick<Integrations, 'get'>,
  memory: Memory,
  { queue }: Pick<Organizations, 'queue'>,
): void {
  for (const live of all.list()) {
    memory.of(integrations.get(live.integration)?.host ?? '', live.organization).resyncDue = true;
    queue.add(live.name);
  }
}

type ConnectionOperator = Pick<Operator, 'live' | 'metrics' | 'settings' | 'watches'>;

function connectionsOf({ live, metrics, settings, watches }: ConnectionOperator): {
  readonly connections: Connections;
  readonly repositories: Repositories;
} {
  const { callsPerSecond, configuration, namespace, state: folder } = settings;
  const rule = (): Promise<CredentialsRule> =>
    Promise.resolve(
      credentialsRule(settings, [...watches.integrations.list(), ...watches.predecessorIntegrations.list()]),
    );
  return {
    connections: createConnections({
      store: live,
      rule,
      environment: configuration.environment,
      onCall: ({ method, status, milliseconds }) => {
        metrics.quayRequestsTotal.inc({ method, code: String(status) });
        metrics.quayRequestDurationSeconds.observe({ method }, milliseconds / 1000);
      },
      ...(callsPerSecond !== undefined && { callsPerSecond }),
    }),
    repositories: createRepositories({
      cluster: live,
      configuration,
      namespace,
      rule,
      folder,
      onForgeCall: ({ method, status }) => metrics.forgeRequestsTotal.inc({ method, code: String(status) }),
    }),
  };
}
