export { keepBuiltInNamespaces, type KeptConfiguration } from './keep.js';
