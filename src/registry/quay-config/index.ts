export { checkQuayConfig, missingKeys } from './check-config.js';
export { quayKeys, requiredKeys } from './keys.js';
