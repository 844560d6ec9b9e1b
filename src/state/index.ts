export { isObject, type Json, type JsonObject } from './json.js';
export { readText } from './read-text.js';
export { parseYaml, type ParsedFile, type Position } from './parse-yaml.js';
export { type FieldPath } from './locate.js';
export { formatFile } from './format-file.js';
export { merge, mergeObjects, type ListKeys } from './merge.js';
export { blobId, diffTrees, planId, type Tree, type TreeDifference } from './tree.js';
export { firstFaults } from './first-faults.js';
export { pathFault, safePath } from './safe-path.js';
