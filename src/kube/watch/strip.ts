import { type Fields, isRecord, objectOrEmpty } from '../../json/index.js';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object without what only takes room: who wrote which field, and a copy of what was applied. */
export function stripped(object: Fields): Fields {
  const { managedFields: _, ...metadata } = objectOrEmpty(object.metadata);
  if (!isRecord(metadata.annotations) || !(lastApplied in metadata.annotations)) return { ...object, metadata };
  const { [lastApplied]: __, ...annotations } = metadata.annotations;
  return { ...object, metadata: { ...metadata, annotations } };
}
