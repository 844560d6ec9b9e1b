import { type RegistryModel } from '../../../src/registry/index.js';
import { type RegistryProps } from './registry-props.js';

/** What every object of this registry needs to know of it. */
export function propsOf({ name, namespace, uid, labels, annotations }: RegistryModel): RegistryProps {
  return {
    registryName: name,
    namespace,
    registryUid: uid,
    registryLabels: labels,
    registryAnnotations: annotations,
  };
}
