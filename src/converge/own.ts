import type { QuayOrganization } from '../api/index.js';
import { decideOwnership, ownersMatter, type Ownership } from '../plan/index.js';
import type { Observation } from '../quay/index.js';
import { identityOf } from './facts-of-one.js';
import type { Run } from './run.js';

/** Decides whose an organization is, asking only what matters for that. */
export async function own(run: Run, document: QuayOrganization, observation: Observation): Promise<Ownership> {
  const { quay, integration, facts, inventory, previousClusterUID } = run.input;
  const organization = document.spec.name;
  const remembered = inventory(organization)?.origin;
  const base = {
    organization,
    observation,
    identity: identityOf(run, document),
    adoption: integration.spec.adoption,
    tokenUser: '',
    ...(remembered === undefined ? {} : { remembered }),
    ...(previousClusterUID === undefined ? {} : { previousClusterUID }),
  };
  const first = decideOwnership(base);
  // Most organizations are new or have the ownership marker: that costs no call.
  if (first.decision === 'Create' || first.decision === 'Ours') return first;
  const { username: tokenUser } = await quay.whoAmI();
  const owners = ownersMatter(base) ? { owners: await quay.owners(organization) } : {};
  const { namespace } = document.spec;
  const predecessor = namespace === undefined ? undefined : await facts.predecessor?.(organization, namespace);
  return decideOwnership({ ...base, tokenUser, ...owners, ...(predecessor === undefined ? {} : { predecessor }) });
}
