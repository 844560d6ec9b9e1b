import { ApiObject } from 'cdk8s';
import { type Construct } from 'constructs';
import { type Labels } from '../../../src/registry/index.js';
import { type RegistryProps } from './registry-props.js';

/** One object of a registry: what is its own, beside what all have. */
export interface RegistryObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Value of the annotation `quay-component`; by default there is none. */
  readonly component?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** What goes with the registry when it is deleted; data, and objects of other namespaces, do not. */
  readonly owned?: boolean;
  readonly namespace?: string;
  /** `spec`, `data` and whatever else the kind has. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Adds an object under its own name, with what every object of the registry has. */
export function addObject(scope: Construct, id: string, props: RegistryProps, object: RegistryObject): ApiObject {
  const { apiVersion, kind, name, component, owned = true, namespace = props.namespace, body = {} } = object;
  return new ApiObject(scope, id, {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      labels: { ...props.registryLabels, ...object.labels },
      annotations: {
        ...props.registryAnnotations,
        ...(component !== undefined && { 'quay-component': component }),
        ...object.annotations,
      },
      ...(owned && owner(props)),
    },
    ...body,
  });
}

function owner({ registryName: name, registryUid: uid }: RegistryProps): object {
  if (uid === undefined) return {};
  return { ownerReferences: [{ apiVersion: 'quay.redhat.com/v1', kind: 'QuayRegistry', name, uid }] };
}
