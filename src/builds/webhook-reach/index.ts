export { type BuiltInNamespaces, createBuiltInNamespaces } from './keeper.js';
export { keepBuiltInNamespaces, type KeptConfiguration } from './keep.js';
