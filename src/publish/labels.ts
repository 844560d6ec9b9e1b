import { isObject, parseYaml, type JsonObject } from '../state/index.js';

/** Whether a file is a document with all of these labels; one that cannot be read has none. */
export function carriesLabels(content: string, labels: Readonly<Record<string, string>>): boolean {
  const found = labelsOf(content);
  return Object.entries(labels).every(([label, value]) => found[label] === value);
}

function labelsOf(content: string): JsonObject {
  try {
    const { metadata } = parseYaml(content, '').value;
    return isObject(metadata) && isObject(metadata['labels']) ? metadata['labels'] : {};
  } catch {
    return {};
  }
}
