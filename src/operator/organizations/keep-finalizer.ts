import { organizationFinalizer } from '../../api/index.js';
import { addFinalizer, regarding, resourceTypes } from '../../kube/index.js';
import { type Operator } from '../operator.js';
import { repairByPatch } from '../repair-by-patch.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Puts our finalizer on an object that lacks it; as a repair, where it was there before. */
export async function keepFinalizer(
  operator: Pick<Operator, 'client' | 'repairs'>,
  live: LiveOrganization,
): Promise<void> {
  if (live.finalizers.includes(organizationFinalizer)) return;
  const repair = {
    owner: live.name,
    what: 'the finalizer of this object',
    content: organizationFinalizer,
    wasInPlace: live.status.observedGeneration !== undefined,
    target: { type: resourceTypes.quayOrganization, named: { name: live.name } },
    regarding: regarding(live),
  };
  await repairByPatch(operator, repair, (object) => addFinalizer(object, organizationFinalizer));
}
