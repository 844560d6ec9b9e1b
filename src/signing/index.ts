export { type AllowedKeys, readAllowedKeys } from './allowed-keys.js';
export { type CheckedCommit, checkCommit } from './check-commit.js';
export { signedCommit, splitCommit } from './commit-object.js';
export { signatureOver, type SigningKey } from './signer.js';
