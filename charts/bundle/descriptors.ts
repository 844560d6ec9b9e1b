import { type CustomResourceDefinition, type OpenApiSchema } from '../../src/api/crd/index.js';

/** How the console shows one field of an object. */
export interface Descriptor {
  readonly path: string;
  readonly displayName: string;
  readonly description: string;
  readonly 'x-descriptors': readonly string[];
}

const ui = 'urn:alm:descriptor:com.tectonic.ui';

/** The fields of a kind's spec that people fill in. */
export function specDescriptors(crd: CustomResourceDefinition): readonly Descriptor[] {
  return Object.entries(fieldsOf(crd, 'spec')).map(([path, schema]) => descriptor(path, schema, inputOf));
}

/** The fields of a kind's status. */
export function statusDescriptors(crd: CustomResourceDefinition): readonly Descriptor[] {
  return Object.entries(fieldsOf(crd, 'status')).map(([path, schema]) => descriptor(path, schema, outputOf));
}

function fieldsOf(crd: CustomResourceDefinition, part: 'spec' | 'status'): Record<string, OpenApiSchema> {
  return { ...crd.spec.versions[0].schema.openAPIV3Schema.properties?.[part]?.properties };
}

type Look = (path: string, schema: OpenApiSchema) => readonly string[];

function descriptor(path: string, schema: OpenApiSchema, look: Look): Descriptor {
  return {
    path,
    displayName: wordsOf(path),
    description: typeof schema.description === 'string' ? schema.description : '',
    'x-descriptors': look(path, schema),
  };
}

function inputOf(_path: string, { type, enum: values }: OpenApiSchema): readonly string[] {
  if (Array.isArray(values)) return values.map((value) => `${ui}:select:${String(value)}`);
  if (type === 'boolean') return [`${ui}:booleanSwitch`];
  if (type === 'integer') return [`${ui}:number`];
  return type === 'string' ? [`${ui}:text`] : [];
}

function outputOf(path: string, { type }: OpenApiSchema): readonly string[] {
  if (path === 'conditions') return ['urn:alm:descriptor:io.kubernetes.conditions'];
  return type === 'string' || type === 'integer' ? [`${ui}:text`] : [];
}

/** `quayHostname` as `Quay Hostname`. */
function wordsOf(field: string): string {
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
