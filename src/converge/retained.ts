import { type QuayIntegration, type QuayOrganization, replacesClusterAnnotation } from '../api/index.js';

/** The cluster that this one takes the place of, where a person said so. */
export function previousCluster({ metadata }: QuayIntegration): { readonly previousClusterUID?: string } {
  const previousClusterUID = metadata.annotations?.[replacesClusterAnnotation];
  return previousClusterUID === undefined ? {} : { previousClusterUID };
}

/** A person who asks for Retain after the namespace went is heard as well. */
export function retained(document: QuayOrganization, { spec }: QuayIntegration): QuayOrganization {
  if (spec.deletionPolicy === 'Delete') return document;
  return { ...document, spec: { ...document.spec, deletionPolicy: spec.deletionPolicy } };
}
