import { limits } from '../../limits/index.js';
import { firstLine } from '../../http/index.js';
import { oneLine } from '../../text/index.js';

const mostDepth = 4;

/** What a forge says in an error: `message`, `error`, `error_description`, and what stands in `errors`, whatever its shape. */
export function wordsIn(json: unknown, secrets: readonly string[]): string {
  const words = [...new Set(texts(json, 0))].join('; ');
  return oneLine(firstLine(words, secrets, limits.forgeWords));
}

function texts(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth > mostDepth || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => texts(one, depth + 1));
  const entries = Object.entries(value as Record<string, unknown>);
  if (depth > 0) return objectTexts(entries, depth);
  return entries
    .filter(([key]) => ['message', 'error', 'error_description', 'errors'].includes(key))
    .flatMap(([, one]) => texts(one, depth + 1));
}

/** `{title: ["is too long"]}` and `{field, code, message}`: the name of the field says as much as the words. */
function objectTexts(entries: readonly (readonly [string, unknown])[], depth: number): readonly string[] {
  const field = entries.find(([key]) => key === 'field')?.[1];
  const message = entries.find(([key]) => key === 'message')?.[1];
  const code = entries.find(([key]) => key === 'code')?.[1];
  if (typeof message === 'string') return [message];
  if (typeof field === 'string' && typeof code === 'string') return [`${field}: ${code}`];
  return entries.flatMap(([key, one]) => texts(one, depth + 1).map((text) => `${key} ${text}`));
}
