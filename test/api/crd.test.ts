import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { quayIntegration, quayIntegrationV1alpha1, quayOrganization } from '../../src/api/index.js';
import { quayRegistry, quayRegistryOptions } from '../../src/api/registry/index.js';
import { customResourceDefinitions } from '../../src/api/crd/index.js';
import { openApiSchema } from '../../src/api/schema/openapi.js';
import { fieldsOf } from '../../src/api/schema/walk.js';
import { withDefaults } from './crd/defaulting.js';
import { fitting, withoutFaults } from './crd/fitting.js';
import { structuralFaults } from './crd/structural.js';

const crds = customResourceDefinitions();
const schemaOf = (name: string) => {
  const found = crds.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no definition ${name}`);
  return found.spec.versions[0].schema.openAPIV3Schema;
};
const kinds = [
  ['quayorganizations.quayside.dev', quayOrganization],
  ['quayintegrations.quay.redhat.com', quayIntegration],
  ['quayintegrations.redhatcop.redhat.io', quayIntegrationV1alpha1],
  ['quayregistries.quay.redhat.com', quayRegistry],
  ['quayregistryoptions.quayside.dev', quayRegistryOptions],
] as const;

test('every kind has a CRD', () => {
  expect(crds.map(({ metadata }) => metadata.name)).toEqual(kinds.map(([name]) => name));
});

describe.each(kinds)('%s', (name, object) => {
  const schema = schemaOf(name);

  test('is structural, described throughout, and cheap to check', () => {
    expect(structuralFaults(schema, 'object')).toEqual([]);
  });

  test('has its scope, and a status of its own', () => {
    const crd = crds.find(({ metadata }) => metadata.name === name);
    const scope = name.startsWith('quayregistr') ? 'Namespaced' : 'Cluster';
    expect(crd?.spec).toMatchObject({ scope, versions: [{ subresources: { status: {} } }] });
  });

  test('fills in exactly what the schema fills in', () => {
    const { spec } = fieldsOf(object);
    if (spec === undefined) throw new Error('no spec');
    const described = schema.properties?.['spec'] ?? {};
    // Rules over several fields are no part of the description.
    const whole = fitting(described).map((value) => withoutFaults(spec, value));
    fc.assert(
      fc.property(whole, (value) => {
        expect(withDefaults(described, value)).toEqual(z.parse(spec, value));
      }),
      // Those of registries are large, and take longest to make.
      { numRuns: name.startsWith('quayregistr') ? 30 : 200 },
    );
  });

  test('its defaults need no defaults themselves', () => {
    expect(incompleteDefaults(schema, 'object')).toEqual([]);
  });
});

/** Defaults that an API server would have to fill in again, which it does not do for what it filled in. */
function incompleteDefaults(schema: ReturnType<typeof openApiSchema>, path: string): string[] {
  const inside = [
    ...Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
      incompleteDefaults(inner, `${path}.${field}`),
    ),
    ...(schema.items === undefined ? [] : incompleteDefaults(schema.items, `${path}[]`)),
  ];
  if (!('default' in schema)) return inside;
  const whole = withDefaults(schema, schema['default']);
  return JSON.stringify(whole) === JSON.stringify(schema['default']) ? inside : [...inside, path];
}

describe('openApiSchema', () => {
  test('leaves out what Kubernetes does not take', () => {
    const schema = z.strictObject({
      count: z.int().min(0).default(3),
      kind: z.literal('x'),
      labels: z.record(z.string(), z.string()).optional(),
      rest: z.looseObject({ a: z.string().optional() }),
    });
    expect(openApiSchema(schema)).toEqual({
      type: 'object',
      required: ['kind', 'rest'],
      properties: {
        count: { type: 'integer', format: 'int64', minimum: 0, default: 3 },
        kind: { type: 'string', enum: ['x'] },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        rest: {
          type: 'object',
          properties: { a: { type: 'string' } },
          'x-kubernetes-preserve-unknown-fields': true,
        },
      },
    });
  });
});

describe('structuralFaults finds', () => {
  test.each([
    ['a field without a type', { type: 'object', properties: { a: { description: 'x' } } }, 'o.a: has no type'],
    [
      'a field without a description',
      { type: 'object', properties: { a: { type: 'string' } } },
      'o.a: has no description',
    ],
    ['a union', { type: 'object', anyOf: [] }, 'o: has anyOf'],
    [
      'a default of another type',
      { type: 'object', properties: { a: { type: 'integer', description: 'x', default: 'y' } } },
      'o.a.default: is no integer',
    ],
    [
      'a key that may be absent',
      {
        type: 'array',
        items: { type: 'object', properties: { a: { type: 'string', description: 'x' } } },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['a'],
      },
      'o: the key a may be absent',
    ],
    [
      'a rule over a list without an end',
      {
        type: 'object',
        properties: { l: { type: 'array', description: 'x', items: { type: 'string' } } },
        'x-kubernetes-validations': [{ rule: 'self.l.all(x, true)', message: 'x' }],
      },
      'o.l: a rule needs maxItems',
    ],
  ])('%s', (_case, schema, fault) => {
    expect(structuralFaults(schema, 'o')).toEqual([fault]);
  });
});
