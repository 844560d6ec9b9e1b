import { customResourceDefinitions } from '../../src/api/crd/index.js';

/** The CRDs of all our kinds, made once: several manifests need them. */
export const crds = customResourceDefinitions();
