export { type BundleReading, readBundle, type SecretData, sizeOf, tooLarge } from './read-bundle.js';
export { lineOf } from './field-lines.js';
