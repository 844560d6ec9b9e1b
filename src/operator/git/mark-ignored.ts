import { ignoredAnnotation, syncLabel } from '../../api/index.js';
import { annotate } from '../../json/index.js';
import { regarding, removeAnnotations, resourceTypes } from '../../kube/index.js';
import { labelValue } from '../../names/index.js';
import { type Operator } from '../operator.js';
import { repairByPatch } from '../repair-by-patch.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Annotates the objects that ignore.yaml lists: who converges them never reads Git. */
export async function markIgnored(
  operator: Pick<Operator, 'client' | 'watches' | 'repairs' | 'signal'>,
  integration: string,
  isIgnored: (live: LiveOrganization) => boolean,
): Promise<void> {
  const { watches, signal } = operator;
  for (const live of watches.organizations.list()) {
    const isMarked = live.annotations[ignoredAnnotation] !== undefined;
    if (live.labels[syncLabel] !== labelValue(integration) || isIgnored(live) === isMarked || signal.aborted) continue;
    const repair = {
      owner: live.name,
      what: `the annotation ${ignoredAnnotation} of this object`,
      content: isMarked ? 'absent' : 'present',
      target: { type: resourceTypes.quayOrganization, named: { name: live.name } },
      regarding: regarding(live),
    };
    await repairByPatch(operator, repair, (object) =>
      isMarked ? removeAnnotations(object, [ignoredAnnotation]) : annotate(object, { [ignoredAnnotation]: 'true' }),
    );
  }
}
