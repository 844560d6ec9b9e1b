import { type Place } from '../../pipeline/publish-documents.js';
import { claimantsOf } from '../../integration/index.js';
import { type StateRepository } from '../../git/index.js';
import { incumbentsOf } from '../../integration/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** Cluster, integration and state repository, as the road wants them. */
export async function placeOf(
  { cluster, live, watches }: Operator,
  integrations: Integrations,
  known: KnownIntegration,
  repository: StateRepository,
): Promise<Place> {
  const { integration, id } = known;
  const others = integrations.readable().filter(({ metadata }) => metadata.name !== integration.metadata.name);
  return {
    ends: { cluster: live, integration, id },
    known: {
      snapshot: await cluster.snapshot(),
      claimants: claimantsOf([...others, integration]),
      allIntegrationsKnown: integrations.areAllReadable(),
      incumbents: incumbentsOf(watches.organizations.list(), (one) => integrations.exists(one) !== 'No'),
    },
    repository,
  };
}

/** Who writes to a branch of a repository holds this name. */
export function branchLock({ description, branch }: StateRepository): string {
  return `branch ${branch} of ${description}`;
}
