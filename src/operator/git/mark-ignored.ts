import { fieldManager, ignoredAnnotation, syncLabel } from '../../api/index.js';
import { objectOrEmpty, type PatchStep, pointer } from '../../json/index.js';
import { patchGuarded, regarding, removeAnnotations, type Repair, resourceTypes } from '../../kube/index.js';
import { labelValue } from '../../names/index.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** Annotates the objects that ignore.yaml lists: who converges them never reads Git. */
export async function markIgnored(
  { client, watches, repairs, signal }: Pick<Operator, 'client' | 'watches' | 'repairs' | 'signal'>,
  integration: string,
  isIgnored: (live: LiveOrganization) => boolean,
): Promise<void> {
  for (const live of watches.organizations.list()) {
    const isMarked = live.annotations[ignoredAnnotation] !== undefined;
    if (live.labels[syncLabel] !== labelValue(integration) || isIgnored(live) === isMarked || signal.aborted) continue;
    const target = { type: resourceTypes.quayOrganization, named: { name: live.name } };
    const repair: Repair = {
      owner: live.name,
      kind: target.type.kind,
      what: `the annotation ${ignoredAnnotation} of this object`,
      content: isMarked ? 'absent' : 'present',
      target,
      regarding: regarding(live),
    };
    await repairs.attempt(repair, () =>
      patchGuarded(client, {
        ...target,
        manager: fieldManager,
        steps: (object) => (isMarked ? removeAnnotations(object, [ignoredAnnotation]) : annotate(object)),
      }),
    );
  }
}

function annotate({ metadata }: Readonly<Record<string, unknown>>): readonly PatchStep[] {
  if (objectOrEmpty(metadata).annotations === undefined) {
    return [{ op: 'add', path: pointer('metadata', 'annotations'), value: { [ignoredAnnotation]: 'true' } }];
  }
  return [{ op: 'add', path: pointer('metadata', 'annotations', ignoredAnnotation), value: 'true' }];
}
