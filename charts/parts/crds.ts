import { customResourceDefinitions, registryDefinitions } from '../../src/api/crd/index.js';

/** The CRDs of all our kinds, made once: several manifests need them. */
export const allCrds = customResourceDefinitions();

const ofRegistries = new Set(registryDefinitions().map(({ metadata }) => metadata.name));

/**
 * Those that the operator itself reads and writes, and installs. The definitions of registries are not among them: where
 * a Quay Operator works, OLM holds its own, and refuses a second owner.
 */
export const crds = allCrds.filter(({ metadata }) => !ofRegistries.has(metadata.name));
