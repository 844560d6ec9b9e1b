import { managedByValue } from '../../api/index.js';
import { type KubeClient, patchGuarded, type PatchStep, pointer, resourceTypes } from '../../kube/index.js';
import { type BuildRecord } from '../import-record.js';
import { isRaw, rawOf } from '../raw.js';

/** Puts annotations on a Build, and touches nothing else of it. A newer one of the same name is not changed. */
export async function markBuild(
  client: Pick<KubeClient, 'call'>,
  { namespace, name, uid }: Pick<BuildRecord, 'namespace' | 'name' | 'uid'>,
  annotations: Readonly<Record<string, string>>,
): Promise<void> {
  await patchGuarded(client, {
    type: resourceTypes.build,
    named: { namespace, name },
    manager: managedByValue,
    steps: ({ metadata }) => (rawOf(metadata).uid === uid ? annotationSteps(metadata, annotations) : []),
  });
}

/** The steps to the annotations; nothing when they are there. */
export function annotationSteps(
  metadata: unknown,
  annotations: Readonly<Record<string, string>>,
): readonly PatchStep[] {
  const live = rawOf(metadata).annotations;
  const missing = Object.entries(annotations).filter(([name, value]) => rawOf(live)[name] !== value);
  if (missing.length === 0) return [];
  const path = pointer('metadata', 'annotations');
  if (!isRaw(live)) return [{ op: 'add', path, value: annotations }];
  return missing.map(([name, value]) => ({ op: 'add', path: `${path}${pointer(name)}`, value }));
}
