export { lineOf } from './field-lines.js';
export { readBundle, type SecretData, sizeOf, tooLarge } from './read-bundle.js';
