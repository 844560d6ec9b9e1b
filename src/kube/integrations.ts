import { parseIntegration, type QuayIntegration } from '../api/index.js';
import { type Fields, recordOf } from './fields.js';

/** Reads the objects of both versions. A v1 object supersedes the old one of its name, whatever that one says. */
export function integrationsOf(
  objects: readonly { readonly object: Fields; readonly source?: string }[],
): readonly QuayIntegration[] {
  const current = new Set(objects.filter(({ object }) => !isOld(object)).map(({ object }) => nameOf(object)));
  return objects
    .filter(({ object }) => !isOld(object) || !current.has(nameOf(object)))
    .map(({ object, source }) => parseIntegration(object, source))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function isOld(object: Fields): boolean {
  return object.apiVersion !== 'quay.redhat.com/v1';
}

function nameOf(object: Fields): unknown {
  return recordOf(object.metadata).name;
}
