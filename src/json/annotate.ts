import { isRecord, objectOrEmpty } from './fields.js';
import { type PatchStep, pointer } from './patch.js';

/** The steps that put annotations on an object, whether it has any or not. */
export function annotate(object: unknown, annotations: Readonly<Record<string, string>>): readonly PatchStep[] {
  const { metadata } = objectOrEmpty(object);
  if (!isRecord(metadata)) return [{ op: 'add', path: '/metadata', value: { annotations } }];
  if (!isRecord(metadata.annotations)) return [{ op: 'add', path: '/metadata/annotations', value: annotations }];
  return Object.entries(annotations).map(([name, value]) => ({
    op: 'add',
    path: pointer('metadata', 'annotations', name),
    value,
  }));
}
