import { isDeepStrictEqual } from 'node:util';
import { integrationLabel, type ObjectMeta, type QuayOrganizationStatus, syncLabel } from '../../api/index.js';
import { type Fields, textOf } from '../../json/index.js';
import { partOfLabel } from '../../sync/index.js';

/** A `QuayOrganization` as the cluster has it, not yet held against the schema. */
export interface LiveOrganization {
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly resourceVersion: string;
  /** When it was created, as the API server writes times. */
  readonly created: string;
  readonly deleting: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  readonly integration: string;
  readonly namespace: string | undefined;
  /** Its name in Quay. */
  readonly organization: string;
  readonly spec: Fields;
  readonly status: QuayOrganizationStatus;
}

/** What is kept of an object. */
export function liveOrganization(object: Fields): LiveOrganization {
  const metadata = object.metadata as ObjectMeta;
  const spec = (object.spec ?? {}) as Fields;
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    generation: metadata.generation ?? 0,
    resourceVersion: metadata.resourceVersion ?? '',
    created: metadata.creationTimestamp ?? '',
    deleting: typeof metadata.deletionTimestamp === 'string',
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    finalizers: metadata.finalizers ?? [],
    integration: textOf(spec.integration) ?? '',
    namespace: textOf(spec.namespace),
    organization: textOf(spec.name) ?? '',
    spec,
    status: (object.status ?? {}) as QuayOrganizationStatus,
  };
}

/** Whether two states of an object differ in nothing but what we write ourselves: then there is nothing to do. */
export function isSameOrganization(before: LiveOrganization, after: LiveOrganization): boolean {
  return (
    before.uid === after.uid &&
    before.generation === after.generation &&
    before.deleting === after.deleting &&
    before.labels[syncLabel] === after.labels[syncLabel] &&
    before.labels[partOfLabel] === after.labels[partOfLabel] &&
    before.labels[integrationLabel] === after.labels[integrationLabel] &&
    isDeepStrictEqual(before.annotations, after.annotations) &&
    before.finalizers.length === after.finalizers.length
  );
}
