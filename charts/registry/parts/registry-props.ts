import { type Labels } from '../../../src/registry/index.js';

/** What every object of a registry needs to know of it. */
export interface RegistryProps {
  /** Name of the QuayRegistry. */
  readonly registryName: string;
  /** Namespace of the QuayRegistry and of everything that it is made of. */
  readonly namespace: string;
  /**
   * UID of the QuayRegistry.
   * @default - it is not in a cluster, and nothing has an owner reference
   */
  readonly registryUid?: string | undefined;
  /** Labels that every object has. */
  readonly registryLabels: Labels;
  /** Annotations that every object has, and no pod. */
  readonly registryAnnotations: Labels;
}
