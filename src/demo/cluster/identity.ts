import { createHash } from 'node:crypto';

/** The UID that an object of the made-up cluster has: the same in every run, another for every object. */
export function uidOf(...parts: readonly string[]): string {
  const hex = digest(parts);
  const cut = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)];
  return cut.join('-');
}

/** The digest of an image that nobody ever built. */
export function imageDigest(...parts: readonly string[]): string {
  return `sha256:${digest(['image', ...parts])}`;
}

/** Five letters and digits as Kubernetes puts them behind generated names; it leaves out vowels and what looks like one. */
export function suffix(...parts: readonly string[]): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 5);
  return [...bytes].map((byte) => letters[byte % letters.length]).join('');
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
