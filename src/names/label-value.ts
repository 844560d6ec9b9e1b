import { shortHash } from './short-hash.js';
import { slug } from './slug.js';

/** The name of an object as the value of a label: the same where it fits into 63 characters, else its beginning and a hash. */
export function labelValue(name: string): string {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(name)) return name;
  return `${slug(name, 49)}_${shortHash(name)}`;
}
