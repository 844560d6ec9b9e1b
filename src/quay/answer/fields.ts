import { RetryableError } from '../../errors/index.js';

/** A JSON object of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whatever Quay answered is not what it answers; `asked` names the call. No value is quoted: it may be a token. */
export function unexpected(asked: string, what: string): RetryableError {
  return new RetryableError('UnexpectedAnswer', `${asked}: Quay's answer is not understood: ${what}`, {
    hint: 'Check that the address is that of a Quay, and that nothing in between changes its answers.',
  });
}

export function objectOf(value: unknown, asked: string, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw unexpected(asked, `${what} is no object`);
}

export function listOf(value: unknown, asked: string, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw unexpected(asked, `${what} is no list`);
}

/** A list under a key. */
export function listIn(object: JsonObject, key: string, asked: string): readonly unknown[] {
  return listOf(object[key], asked, key);
}

export function textIn(object: JsonObject, key: string, asked: string): string {
  const value = object[key];
  if (typeof value === 'string') return value;
  throw unexpected(asked, `${key} is no text`);
}

/** Text, or nothing where Quay has null or leaves the key out. */
export function textOr(object: JsonObject, key: string, fallback: string, asked: string): string {
  return object[key] === undefined || object[key] === null ? fallback : textIn(object, key, asked);
}

/** Text that is there and not empty. */
export function optionalText(object: JsonObject, key: string, asked: string): string | undefined {
  const value = textOr(object, key, '', asked);
  return value === '' ? undefined : value;
}

export function flagIn(object: JsonObject, key: string, asked: string): boolean {
  const value = object[key];
  if (typeof value === 'boolean') return value;
  throw unexpected(asked, `${key} is neither true nor false`);
}

/** A flag that older versions leave out. */
export function flagOr(object: JsonObject, key: string, fallback: boolean, asked: string): boolean {
  return object[key] === undefined || object[key] === null ? fallback : flagIn(object, key, asked);
}

/** A number; after some writes Quay shows whole numbers as floats, so it is rounded. */
export function numberIn(object: JsonObject, key: string, asked: string): number {
  const value = object[key];
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value);
  throw unexpected(asked, `${key} is no number`);
}

/** One of a few words. */
export function wordIn<const W extends string>(object: JsonObject, key: string, words: readonly W[], asked: string): W {
  const value = textIn(object, key, asked);
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw unexpected(asked, `${key} is none of ${words.join(', ')}`);
  return word;
}
