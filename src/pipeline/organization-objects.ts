import {
  faultsAnnotation,
  ignoredAnnotation,
  organizationFinalizer,
  parseOrganization,
  type QuayOrganization,
  syncLabel,
} from '../api/index.js';
import { grow } from '../desired/index.js';
import { InvalidInput } from '../errors/index.js';
import { type Fields } from '../json/index.js';
import { resourceTypes } from '../kube/index.js';
import { labelValue } from '../names/index.js';
import {
  applySetId,
  groupKindOf,
  keyOf,
  partOfLabel,
  type KindTraits,
  type KubeObject,
  type LiveObject,
} from '../sync/index.js';

const type = resourceTypes.quayOrganization;

/** The object of a document, for the integration that syncs it. */
export function organizationObject({ metadata, spec }: QuayOrganization, integration: string): KubeObject {
  const { name, labels = {}, annotations } = metadata;
  return {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: {
      name,
      labels: { ...labels, [syncLabel]: labelValue(integration) },
      ...(annotations !== undefined && { annotations: withoutMarks(annotations) }),
    },
    spec,
  };
}

/** What is different about these objects: they go only when Quay was asked, and nobody adds to what is declared. */
export const organizationTraits: KindTraits = {
  type,
  namespaced: false,
  finalizer: organizationFinalizer,
  replacesSpec: true,
  takesOver: wasAnIntegrations,
  grow: (live, desired) => {
    const before = readObject(live);
    // An object that cannot be read stays as it is.
    if (before === undefined) return undefined;
    const { spec } = grow(before, { ...before, spec: desired.spec as QuayOrganization['spec'] });
    return { ...desired, spec };
  },
};

/**
 * Whether an integration has synced the object, whichever and of whichever version: a namespace that goes to another
 * integration takes its object along.
 */
function wasAnIntegrations({ labels }: LiveObject): boolean {
  const name = labels[syncLabel];
  if (name === undefined) return false;
  const types = [resourceTypes.quayIntegration, resourceTypes.predecessorIntegration];
  return types.some((parent) => applySetId({ type: parent, named: { name } }) === labels[partOfLabel]);
}

/** The object of an organization by its name, as the sync knows it. */
export function organizationKey(name: string): string {
  return keyOf(groupKindOf(type), { name });
}

/** What a watch remembers of an object, for the sync; the namespace that it is for is none that it is in. */
export function liveOrganizationObject(live: Omit<LiveObject, 'key' | 'namespace' | 'whole'>): LiveObject {
  const { name, uid, deleting, labels, annotations, finalizers, spec } = live;
  return { key: organizationKey(name), name, uid, deleting, labels, annotations, finalizers, spec };
}

/** Which objects are annotated is decided elsewhere: a document that was copied from one may still have the annotations. */
function withoutMarks({
  [ignoredAnnotation]: _ignored,
  [faultsAnnotation]: _faults,
  ...annotations
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return annotations;
}

function readObject({ name, labels, annotations, spec }: LiveObject): QuayOrganization | undefined {
  const object: Fields = {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: { name, labels, annotations },
    spec,
  };
  try {
    return parseOrganization(object, `QuayOrganization ${name}`);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}
