import { managedByValue } from '../../api/index.js';
import { type KubeClient, patchGuarded, resourceTypes } from '../../kube/index.js';
import { type BuildRecord } from '../import-record.js';
import { annotate, objectAt, objectOrEmpty, type PatchStep } from '../../json/index.js';

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
    steps: (live) => (objectOrEmpty(live.metadata).uid === uid ? annotationSteps(live.metadata, annotations) : []),
  });
}

/** The steps to the annotations; nothing when they are there. */
export function annotationSteps(
  metadata: unknown,
  annotations: Readonly<Record<string, string>>,
): readonly PatchStep[] {
  const live = objectAt(metadata, 'annotations');
  const missing = Object.entries(annotations).filter(([name, value]) => live[name] !== value);
  return missing.length === 0 ? [] : annotate({ metadata }, Object.fromEntries(missing));
}
