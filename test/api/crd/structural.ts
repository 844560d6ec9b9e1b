import { type OpenApiSchema } from '../../../src/api/schema/openapi.js';

/** Keywords that Kubernetes refuses in the schema of a resource, or that we have no reason to use. */
const forbidden = ['$ref', '$schema', 'definitions', 'anyOf', 'oneOf', 'allOf', 'not', 'const', 'propertyNames', 'id'];
const scalars = ['string', 'integer', 'number', 'boolean'];

/** What Kubernetes would refuse in a schema, and what our own resources must not lack; each line names its place. */
export function structuralFaults(schema: OpenApiSchema, path: string): string[] {
  const { properties = {}, items, additionalProperties: values } = schema;
  return [
    ...forbidden
      .filter((keyword) => keyword in schema && !(keyword === 'anyOf' && isIntOrString(schema)))
      .map((keyword) => `${path}: has ${keyword}`),
    ...typeFaults(schema, path),
    ...listFaults(schema, path),
    ...validationFaults(schema, path),
    ...(schema['description'] === undefined && /\.[a-z]\w*$/i.test(path) && !path.endsWith('.metadata')
      ? [`${path}: has no description`]
      : []),
    ...('default' in schema ? mismatches(schema, schema['default'], `${path}.default`) : []),
    ...Object.entries(properties).flatMap(([field, inner]) => structuralFaults(inner, `${path}.${field}`)),
    ...(items === undefined ? [] : structuralFaults(items, `${path}[]`)),
    ...(values === undefined ? [] : structuralFaults(values, `${path}{}`)),
  ];
}

/** The one union that Kubernetes takes. */
function isIntOrString(schema: OpenApiSchema): boolean {
  const union = JSON.stringify([{ type: 'integer' }, { type: 'string' }]);
  return schema['x-kubernetes-int-or-string'] === true && JSON.stringify(schema['anyOf']) === union;
}

function typeFaults(schema: OpenApiSchema, path: string): string[] {
  const { type } = schema;
  if (isIntOrString(schema)) return type === undefined ? [] : [`${path}: has a type beside int-or-string`];
  if (typeof type !== 'string') return [`${path}: has no type`];
  return [
    ...(![...scalars, 'object', 'array'].includes(type) ? [`${path}: has the type ${type}`] : []),
    ...(type === 'array' && schema.items === undefined ? [`${path}: is a list of nothing`] : []),
    ...(type !== 'object' && schema.properties !== undefined ? [`${path}: has properties and is no object`] : []),
    ...(schema.properties !== undefined && schema.additionalProperties !== undefined
      ? [`${path}: has properties and additionalProperties`]
      : []),
    ...requiredOf(schema)
      .filter((field) => !(field in (schema.properties ?? {})))
      .map((field) => `${path}: requires ${field}, which it does not have`),
  ];
}

function listFaults(schema: OpenApiSchema, path: string): string[] {
  const listType = schema['x-kubernetes-list-type'];
  const keys = schema['x-kubernetes-list-map-keys'];
  if (listType === undefined) return keys === undefined ? [] : [`${path}: has keys and is no map`];
  const item: OpenApiSchema = schema.items ?? {};
  if (schema['type'] !== 'array') return [`${path}: has a list type and is no list`];
  if (listType === 'set') return scalars.includes(String(item['type'])) ? [] : [`${path}: is a set of no scalars`];
  if (listType !== 'map' || !Array.isArray(keys) || keys.length === 0) return [`${path}: is a map without keys`];
  return keys.map(String).flatMap((key) => {
    const field = item.properties?.[key];
    if (field === undefined || !scalars.includes(String(field['type'])))
      return [`${path}: the key ${key} is no scalar`];
    return requiredOf(item).includes(key) || 'default' in field ? [] : [`${path}: the key ${key} may be absent`];
  });
}

/** A rule may look only at what it can look at cheaply: lists and texts with an upper bound. */
function validationFaults(schema: OpenApiSchema, path: string): string[] {
  const rules = schema['x-kubernetes-validations'];
  if (!Array.isArray(rules)) return [];
  return (rules as readonly { readonly rule: string; readonly message?: string }[]).flatMap(({ rule, message }) => [
    ...(message === undefined ? [`${path}: the rule ${rule} has no message`] : []),
    ...(schema['type'] === 'string' && schema['maxLength'] === undefined ? [`${path}: a rule needs maxLength`] : []),
    ...[...rule.matchAll(/self\.(\w+)\.all\(/g)]
      .filter(([, list = '']) => schema.properties?.[list]?.['maxItems'] === undefined)
      .map(([, list = '']) => `${path}.${list}: a rule needs maxItems`),
  ]);
}

/** Where a value does not fit a schema; enough of JSON Schema for what we use. */
export function mismatches(schema: OpenApiSchema, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    if (schema['type'] !== 'array') return [`${path}: is a list`];
    return value.flatMap((item, index) => mismatches(schema.items ?? {}, item, `${path}[${index}]`));
  }
  if (typeof value === 'object' && value !== null) {
    if (schema['type'] !== 'object') return [`${path}: is a mapping`];
    const missing = requiredOf(schema).filter((field) => !(field in value));
    return [
      ...missing.map((field) => `${path}.${field}: is missing`),
      ...Object.entries(value).flatMap(([field, inner]) => {
        const known = schema.properties?.[field] ?? schema.additionalProperties;
        return known === undefined ? [`${path}.${field}: is unknown`] : mismatches(known, inner, `${path}.${field}`);
      }),
    ];
  }
  return scalarFaults(schema, value).map((fault) => `${path}: ${fault}`);
}

function scalarFaults(schema: OpenApiSchema, value: unknown): string[] {
  const type = Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
  const { enum: choices, pattern, minLength, maxLength, minimum, maximum } = schema;
  const length = typeof value === 'string' ? [...value].length : 0;
  return [
    ...(type.includes(String(schema['type'])) ? [] : [`is no ${String(schema['type'])}`]),
    ...(Array.isArray(choices) && !choices.includes(value) ? ['is none of the choices'] : []),
    ...(typeof pattern === 'string' && !new RegExp(pattern).test(String(value)) ? ['does not match'] : []),
    ...(typeof minLength === 'number' && length < minLength ? ['is too short'] : []),
    ...(typeof maxLength === 'number' && length > maxLength ? ['is too long'] : []),
    ...(typeof minimum === 'number' && Number(value) < minimum ? ['is too small'] : []),
    ...(typeof maximum === 'number' && Number(value) > maximum ? ['is too large'] : []),
  ];
}

function requiredOf(schema: OpenApiSchema): readonly string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.map(String) : [];
}
