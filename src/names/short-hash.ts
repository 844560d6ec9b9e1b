import { createHash } from 'node:crypto';

const length = 13;

/** 64 bits of a SHA-256 as 13 lower-case letters and digits: short enough to read, far too many to aim at. */
export function shortHash(...parts: readonly string[]): string {
  // JSON keeps the parts apart, and half surrogates too, which UTF-8 would make equal.
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  return digest.readBigUInt64BE().toString(36).padStart(length, '0');
}

/** What `shortHash` looks like, for names that must not be mistaken for one that carries it. */
export const shortHashPattern = `[0-9a-z]{${length}}`;
