import { fieldManager, organizationFinalizer } from '../../api/index.js';
import { addFinalizer, patchGuarded, regarding, type Repair, resourceTypes } from '../../kube/index.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Puts our finalizer on an object that lacks it; as a repair, where it was there before. */
export async function keepFinalizer(
  { client, repairs }: Pick<Operator, 'client' | 'repairs'>,
  live: LiveOrganization,
): Promise<void> {
  if (live.finalizers.includes(organizationFinalizer)) return;
  const target = { type: resourceTypes.quayOrganization, named: { name: live.name } };
  const repair: Repair = {
    owner: live.name,
    kind: target.type.kind,
    what: 'the finalizer of this object',
    content: organizationFinalizer,
    wasInPlace: live.status.observedGeneration !== undefined,
    target,
    regarding: regarding(live),
  };
  await repairs.attempt(repair, () =>
    patchGuarded(client, {
      ...target,
      manager: fieldManager,
      steps: (object) => addFinalizer(object, organizationFinalizer),
    }),
  );
}
