import { parseIntegration, type QuayIntegration } from '../api/index.js';
import { type Fields, objectOrEmpty } from '../json/index.js';

const current = 'quay.redhat.com/v1';

/** Says on a converted object, which looks like any other, what it was converted from. */
export const convertedFromAnnotation = 'quayside.dev/converted-from';

/** Reads the objects of both versions. A v1 object supersedes the old one of its name, whatever that one says. */
export function integrationsOf(
  objects: readonly { readonly object: Fields; readonly source?: string }[],
): readonly QuayIntegration[] {
  const superseding = new Set(objects.filter(({ object }) => !isOld(object)).map(({ object }) => nameOf(object)));
  return objects
    .filter(({ object }) => !isOld(object) || !superseding.has(nameOf(object)))
    .map(({ object, source }) => markConverted(parseIntegration(object, source), object))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** Whether the cluster holds it as an object of the predecessor. */
export function isConverted({ metadata }: Pick<QuayIntegration, 'metadata'>): boolean {
  return metadata.annotations?.[convertedFromAnnotation] !== undefined;
}

/** Notes on an object of the predecessor what it was converted from. */
export function markConverted(integration: QuayIntegration, object: Fields): QuayIntegration {
  if (!isOld(object)) return integration;
  const annotations = { ...integration.metadata.annotations, [convertedFromAnnotation]: String(object.apiVersion) };
  return { ...integration, metadata: { ...integration.metadata, annotations } };
}

function isOld(object: Fields): boolean {
  return object.apiVersion !== current;
}

function nameOf(object: Fields): unknown {
  return objectOrEmpty(object.metadata).name;
}
