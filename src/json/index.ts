export { annotate } from './annotate.js';
export { type Fields, isRecord, objectAt, objectOrEmpty, objectsIn, textOf, textsOf } from './fields.js';
export { appended, type PatchStep, pointer, removed } from './patch.js';
