export { type ClusterKeys, ensureKeys, type KeyPlace } from './ensure-keys.js';
export { newPrivateKey } from './new-key.js';
export { readPrivateKey, readPublicKeys } from './read-keys.js';
export { rotateKey, type Rotation } from './rotate.js';
