import { integrationLabel, managedByLabel, type QuayOrganization } from '../api/index.js';
import { type Problem } from '../errors/index.js';
import { type ClusterId } from '../names/index.js';
import { isObject, type Json, type JsonObject } from '../state/index.js';
import { wrongSecret } from './wrong-secret.js';

/** What an overlay changes although it may not; what of it does not fit the schema is passed over. */
export function protectedChanges(derived: QuayOrganization, overlay: JsonObject, id: ClusterId): Problem[] {
  const spec = objectAt(overlay, 'spec');
  const metadata = objectAt(overlay, 'metadata');
  const { name: objectName, labels = {} } = derived.metadata;
  return [
    ...changed('metadata', metadata, { name: objectName }),
    ...changed('metadata.labels', objectAt(metadata, 'labels'), {
      [managedByLabel]: labels[managedByLabel],
      [integrationLabel]: labels[integrationLabel],
    }),
    ...changed('spec', spec, {
      integration: derived.spec.integration,
      namespace: derived.spec.namespace,
      name: derived.spec.name,
    }),
    ...removed('metadata', metadata, ['labels']),
    ...removed('spec', spec, ['robots', 'repositories']),
    ...items(spec, 'robots').flatMap(({ item, index }) => {
      const robot = derived.spec.robots.find(({ name }) => name === item['name']);
      const path = `spec.robots[${index}]`;
      return robot === undefined ? added(path, item, id) : changed(path, item, { pullSecret: robot.pullSecret });
    }),
    ...items(spec, 'repositories').flatMap(({ item, index }) => {
      const repository = derived.spec.repositories.find(({ name }) => name === item['name']);
      return changed(`spec.repositories[${index}]`, item, { source: repository?.source });
    }),
  ];
}

/** A robot that the integration does not bring may have a pull secret, under the names that it has to have. */
function added(path: string, item: JsonObject, id: ClusterId): readonly Problem[] {
  const { name, pullSecret } = item;
  if (!isObject(pullSecret)) return [];
  const [account, secret] = [pullSecret['serviceAccount'], pullSecret['name']];
  if (typeof name !== 'string' || typeof account !== 'string' || typeof secret !== 'string') return [];
  return wrongSecret({ name, pullSecret: { name: secret, serviceAccount: account } }, path, id);
}

function changed(path: string, declared: JsonObject, derived: JsonObject): Problem[] {
  return Object.entries(derived).flatMap(([field, value]) => {
    if (!Object.hasOwn(declared, field) || canonical(declared[field]) === canonical(value)) return [];
    const hint = typeof value === 'string' ? `it is ${value}; leave it out` : 'leave it out';
    return [
      {
        path: field.includes('/') ? `${path}[${JSON.stringify(field)}]` : `${path}.${field}`,
        message: 'an overlay may not change it',
        hint,
      },
    ];
  });
}

function removed(path: string, declared: JsonObject, fields: readonly string[]): Problem[] {
  return fields
    .filter((field) => declared[field] === null)
    .map((field) => ({
      path: `${path}.${field}`,
      message: 'an overlay may add to it, not remove it',
      hint: 'leave it out',
    }));
}

function objectAt(value: JsonObject, field: string): JsonObject {
  const inner = value[field];
  return isObject(inner) ? inner : {};
}

/** The objects of a list, with their places in it. */
function items(spec: JsonObject, field: string): readonly { readonly item: JsonObject; readonly index: number }[] {
  const list = spec[field];
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((item, index) => (isObject(item) ? [{ item, index }] : []));
}

function canonical(value: Json | undefined): string {
  if (!isObject(value)) return JSON.stringify(value ?? null);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
