import { dump } from 'js-yaml';
import { isObject, type Json, type JsonObject } from './json.js';

const topFields = ['apiVersion', 'kind', 'metadata', 'spec'];
const metadataFields = ['name', 'namespace', 'labels', 'annotations'];

/** A state file: `#` comment lines, then the value as YAML. Equal input gives equal bytes. */
export function formatFile(value: JsonObject, header: readonly string[] = []): string {
  const comments = header
    .flatMap((line) => line.split(/[\n\r\u0085\u2028\u2029]/))
    .map((line) => `# ${line.replace(/[\p{Cc}\uFEFF]/gu, ' ')}`.trimEnd() + '\n');
  return comments.join('') + dump(inOrder(value), { noRefs: true, lineWidth: -1 });
}

/** The envelope that every Kubernetes object has comes in its usual order; what is inside `spec` keeps its own. */
function inOrder(value: JsonObject): JsonObject {
  const { metadata } = value;
  return ordered(isObject(metadata) ? { ...value, metadata: inMetadataOrder(metadata) } : value, topFields);
}

function inMetadataOrder(metadata: JsonObject): JsonObject {
  const sorted = Object.entries(metadata).map(([field, value]): [string, Json | undefined] => [
    field,
    isObject(value) ? ordered(value, []) : value,
  ]);
  return ordered(Object.fromEntries(sorted), metadataFields);
}

function ordered(value: JsonObject, first: readonly string[]): JsonObject {
  const rest = Object.keys(value)
    .filter((field) => !first.includes(field))
    .sort();
  return Object.fromEntries(
    [...first.filter((field) => field in value), ...rest].map((field) => [field, value[field]]),
  );
}
