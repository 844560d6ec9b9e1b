import { fieldManager } from '../api/index.js';
import { type Fields, type PatchStep } from '../json/index.js';
import { patchGuarded, type Repair } from '../kube/index.js';
import { type Operator } from './operator.js';

/** A repair of the object that is patched. */
type PatchRepair = Omit<Repair, 'kind' | 'target'> & Required<Pick<Repair, 'target'>>;

/** Patches one object, unless the repair has to wait because somebody else undoes it again and again. */
export async function repairByPatch(
  { client, repairs }: Pick<Operator, 'client' | 'repairs'>,
  repair: PatchRepair,
  steps: (live: Fields) => readonly PatchStep[],
): Promise<void> {
  const { target } = repair;
  await repairs.attempt({ ...repair, kind: target.type.kind }, () =>
    patchGuarded(client, { ...target, manager: fieldManager, steps }),
  );
}
