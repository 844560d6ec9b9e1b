import { type Place } from '../../app/publish-state.js';
import { claimantsOf } from '../../app/road.js';
import { type StateRepository } from '../../git/index.js';
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
  return {
    ends: { cluster: live, integration, id },
    known: {
      snapshot: await cluster.snapshot(),
      claimants: claimantsOf(integrations.all().map((one) => one.integration)),
      allIntegrationsKnown: integrations.areAllKnown(),
      incumbents: incumbentsIn(watches),
    },
    repository,
  };
}

function incumbentsIn({ organizations }: Operator['watches']): ReadonlyMap<string, string> {
  const listing = organizations.listing();
  return new Map(
    (listing.known ? listing.items : []).flatMap(({ namespace, integration, deleting }): [string, string][] =>
      namespace === undefined || deleting ? [] : [[namespace, integration]],
    ),
  );
}

/** Who writes to a branch of a repository holds this name. */
export function branchLock({ description, branch }: StateRepository): string {
  return `branch ${branch} of ${description}`;
}
