import * as z from 'zod';
import { fieldsOf } from '../schema/walk.js';
import { openApiSchema, type OpenApiSchema } from '../schema/openapi.js';

/** A column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date' | 'boolean';
  readonly jsonPath: string;
  readonly description?: string;
  /** Above 0 only with `-o wide`. */
  readonly priority?: number;
}

/** Objects of such a kind can be the parent of an ApplySet: kubectl and we look for the label on the definition. */
export const applySetParent = { 'applyset.kubernetes.io/is-parent-type': 'true' };

/** The input for the CRD of one kind with one version. */
export interface CrdProps {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  /** Cluster, unless it says otherwise. */
  readonly scope?: 'Cluster' | 'Namespaced';
  /** Default: `quayside`. */
  readonly categories?: readonly string[];
  /** Labels of the definition itself. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly columns: readonly PrinterColumn[];
  /** The whole object. */
  readonly schema: z.core.$ZodType;
}

/** A CustomResourceDefinition as Kubernetes stores it. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly group: string;
    readonly scope: 'Cluster' | 'Namespaced';
    readonly names: Readonly<Record<string, unknown>>;
    readonly versions: readonly [CustomResourceVersion];
  };
}

/** The one version of a CRD. */
export interface CustomResourceVersion {
  readonly name: string;
  readonly served: true;
  readonly storage: true;
  readonly schema: { readonly openAPIV3Schema: OpenApiSchema };
  readonly subresources: { readonly status: Readonly<Record<string, never>> };
  readonly additionalPrinterColumns: readonly PrinterColumn[];
}

/** The CRD of a kind from the zod schema of its object. */
export function crd(props: CrdProps): CustomResourceDefinition {
  const { group, version, kind, plural, singular, shortNames, columns, labels } = props;
  const { scope = 'Cluster', categories = ['quayside'] } = props;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, ...(labels && { labels }) },
    spec: {
      group,
      scope,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular,
        ...(shortNames && { shortNames }),
        ...(categories.length > 0 && { categories }),
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: objectSchema(props) },
          subresources: { status: {} },
          additionalPrinterColumns: columns,
        },
      ],
    },
  };
}

/** Kubernetes itself knows what `apiVersion`, `kind` and `metadata` are. */
function objectSchema({ schema, description }: CrdProps): OpenApiSchema {
  const { spec, status } = fieldsOf(schema);
  if (spec === undefined || status === undefined) throw new TypeError('a kind needs a spec and a status');
  return {
    type: 'object',
    description,
    ...(!(spec instanceof z.ZodOptional) && { required: ['spec'] }),
    properties: {
      apiVersion: { type: 'string', description: 'Group and version of this kind.' },
      kind: { type: 'string', description: 'Name of this kind.' },
      metadata: { type: 'object' },
      spec: { ...openApiSchema(spec), description: 'The desired state.' },
      status: { ...openApiSchema(status), description: 'The observed state, written by Quayside.' },
    },
  };
}
