import { type QuayOrganization, type RobotStatus } from '../../api/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type PullSecretInput, type PullSecretProblem, reconcilePullSecrets } from '../../pull-secrets/index.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Remembered } from '../../converge/cache/observation-cache.js';

/** What pull secrets take from the operator. */
export type PullSecretOperator = Pick<Operator, 'client' | 'watches' | 'recordEvent' | 'cluster' | 'repairs'>;

interface Session {
  readonly document: QuayOrganization;
  readonly known: KnownIntegration;
  readonly live: LiveOrganization;
  readonly remembered: Remembered;
}

/** Looks after the pull secrets of an organization; one that is of no namespace has none. */
export async function pullSecrets(
  { client, watches, recordEvent, cluster, repairs }: PullSecretOperator,
  { document, known, live: { status }, remembered }: Session,
  robots: Pick<PullSecretInput, 'tokens' | 'exists' | 'mayRemove'>,
): Promise<{ readonly robots: readonly RobotStatus[] | undefined; readonly problems: readonly PullSecretProblem[] }> {
  const { namespace } = document.spec;
  if (namespace === undefined) return { robots: undefined, problems: [] };
  const seen = cluster.seen(namespace);
  return reconcilePullSecrets({
    ...robots,
    client,
    // Where they are now decides what was repaired.
    organization: { ...document, status: { ...document.status, robots: [...(status.robots ?? [])] } },
    integration: known.integration,
    host: known.host,
    known: remembered.tokens,
    secrets: watches.pullSecrets.cache,
    accounts: watches.accounts.cache,
    terminating: seen === 'Gone' || (typeof seen !== 'string' && seen.terminating),
    recordEvent,
    repairs,
  });
}
