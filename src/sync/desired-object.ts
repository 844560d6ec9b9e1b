import { isDeepStrictEqual } from 'node:util';
import { ignoredAnnotation, organizationFinalizer, type QuayOrganization, syncLabel } from '../api/index.js';
import { type Fields } from '../json/index.js';
import { labelValue } from '../names/index.js';
import { type LiveObject } from './live-object.js';

type Annotations = Readonly<Record<string, string>>;

/** The object that the built-in sync applies for a document. */
export function desiredObject({ metadata, spec }: QuayOrganization, integration: string): Fields {
  const { name, labels = {}, annotations } = metadata;
  return {
    metadata: {
      name,
      labels: { ...labels, [syncLabel]: labelValue(integration) },
      ...(annotations !== undefined && { annotations: withoutIgnoredAnnotation(annotations) }),
      finalizers: [organizationFinalizer],
    },
    spec,
  };
}

/** Which objects are annotated is decided elsewhere: a document that was copied from one may still have the annotation. */
function withoutIgnoredAnnotation({ [ignoredAnnotation]: _, ...annotations }: Annotations): Annotations {
  return annotations;
}

/** Whether the object still has a label or an annotation that only the document before has put there. */
export function hasLeftOver(live: LiveObject, desired: Fields, before: Fields): boolean {
  const [now, earlier] = [desired.metadata as Metadata, before.metadata as Metadata];
  return (['labels', 'annotations'] as const).some((field) =>
    Object.entries(earlier[field] ?? {}).some(
      ([name, value]) => now[field]?.[name] === undefined && live[field][name] === value,
    ),
  );
}

interface Metadata {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Annotations;
}

/** Whether the cluster has the object as it is meant to be. */
export function isAsDesired(live: LiveObject, desired: Fields): boolean {
  const { labels, annotations = {} } = desired.metadata as Metadata;
  return (
    isDeepStrictEqual(live.spec, desired.spec) &&
    live.finalizers.includes(organizationFinalizer) &&
    Object.entries(labels).every(([label, value]) => live.labels[label] === value) &&
    Object.entries(annotations).every(([name, value]) => live.annotations[name] === value)
  );
}
