import { type QuayIntegration, replacesClusterAnnotation } from '../api/index.js';
import { everythingAllowed, noDeletion, type Policy } from '../policy/index.js';

/** The cluster that this one takes the place of, where a person said so. */
export function previousCluster({ metadata }: QuayIntegration): { readonly previousClusterUID?: string } {
  const previousClusterUID = metadata.annotations?.[replacesClusterAnnotation];
  return previousClusterUID === undefined ? {} : { previousClusterUID };
}

/** A person who asks for Retain after the namespace went is heard as well. */
export function retention({ spec }: QuayIntegration): Policy {
  if (spec.deletionPolicy === 'Delete') return everythingAllowed;
  return noDeletion({ reason: 'Retained', message: 'the deletion policy of its integration is Retain' });
}
