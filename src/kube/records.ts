import { type ImageStreamRecord, type NamespaceRecord, type ServiceAccountRecord } from '../api/index.js';
import { type Fields, objectOrEmpty, textOf, textsOf } from '../json/index.js';

/** A copy of the whole former object, and by far the longest annotation there is. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What is kept of a Namespace. */
export function namespaceRecord(object: Fields): NamespaceRecord {
  const metadata = objectOrEmpty(object.metadata);
  const uid = textOf(metadata.uid);
  const { [lastApplied]: _, ...annotations } = textsOf(metadata.annotations);
  const finalizers = Array.isArray(metadata.finalizers) ? metadata.finalizers : [];
  return {
    name: textOf(metadata.name) ?? '',
    ...(uid !== undefined && { uid }),
    labels: textsOf(metadata.labels),
    annotations,
    finalizers: finalizers.filter((finalizer) => typeof finalizer === 'string'),
    terminating:
      textOf(metadata.deletionTimestamp) !== undefined || objectOrEmpty(object.status).phase === 'Terminating',
  };
}

/** Most image streams have none, and there are many of them. */
const noLabels: ImageStreamRecord['labels'] = Object.freeze({});

/** What is kept of an ImageStream: its status alone can be hundreds of kilobytes. */
export function imageStreamRecord(object: Fields): ImageStreamRecord {
  const metadata = objectOrEmpty(object.metadata);
  return {
    namespace: textOf(metadata.namespace) ?? '',
    name: textOf(metadata.name) ?? '',
    labels: metadata.labels === undefined ? noLabels : textsOf(metadata.labels),
  };
}

/** What is kept of a ServiceAccount. */
export function serviceAccountRecord(object: Fields): ServiceAccountRecord {
  const metadata = objectOrEmpty(object.metadata);
  return { namespace: textOf(metadata.namespace) ?? '', name: textOf(metadata.name) ?? '' };
}
