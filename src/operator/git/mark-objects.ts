import { syncLabel } from '../../api/index.js';
import { annotate } from '../../json/index.js';
import { regarding, removeAnnotations, resourceTypes } from '../../kube/index.js';
import { labelValue } from '../../names/index.js';
import { type Operator } from '../operator.js';
import { repairByPatch } from '../repair-by-patch.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** What an annotation of ours is to say on an object; undefined where it is to be absent. */
export type Mark = (live: LiveOrganization) => string | undefined;

/** Annotates objects with what the state repository says of them: who converges them never reads Git. */
export async function markObjects(
  operator: Pick<Operator, 'client' | 'watches' | 'repairs' | 'signal'>,
  integration: string,
  marks: Readonly<Record<string, Mark>>,
): Promise<void> {
  const ours = operator.watches.organizations
    .list()
    .filter(({ labels }) => labels[syncLabel] === labelValue(integration));
  for (const live of ours) {
    for (const [annotation, mark] of Object.entries(marks))
      await keepAnnotation(operator, live, annotation, mark(live));
  }
}

async function keepAnnotation(
  operator: Pick<Operator, 'client' | 'repairs' | 'signal'>,
  live: LiveOrganization,
  annotation: string,
  wanted: string | undefined,
): Promise<void> {
  if (live.annotations[annotation] === wanted || operator.signal.aborted) return;
  const repair = {
    owner: live.name,
    what: `the annotation ${annotation} of this object`,
    content: wanted ?? 'absent',
    target: { type: resourceTypes.quayOrganization, named: { name: live.name } },
    regarding: regarding(live),
  };
  await repairByPatch(operator, repair, (object) =>
    wanted === undefined ? removeAnnotations(object, [annotation]) : annotate(object, { [annotation]: wanted }),
  );
}
