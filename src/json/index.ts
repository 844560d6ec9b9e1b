export { type Fields, isRecord, objectOrEmpty, textOf, textsOf } from './fields.js';
export { appended, type PatchStep, pointer, removed } from './patch.js';
