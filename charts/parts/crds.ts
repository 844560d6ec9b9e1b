import { customResourceDefinitions } from '../../src/api/crd/index.js';

/** The definitions of all our kinds, made once: several manifests need them. */
export const definitions = customResourceDefinitions();
