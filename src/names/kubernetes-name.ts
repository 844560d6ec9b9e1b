import { shortHash, shortHashPattern } from './short-hash.js';
import { slug } from './slug.js';

const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const escaped = new RegExp(`-x${shortHashPattern}$`);

/** Whether Kubernetes takes the text as the name of an object. */
export function isKubernetesName(text: string): boolean {
  return text.length <= 253 && subdomain.test(text);
}

/**
 * The text itself where it can stand in the name of an object and is at most `longest` long; else a readable rest of it
 * with a hash. A text that looks like such an escape is escaped as well, so that no two texts get one name.
 */
export function kubernetesName(text: string, longest: number): string {
  if (text.length <= longest && subdomain.test(text) && !escaped.test(text)) return text;
  return `${slug(text, longest - 15)}-x${shortHash(text)}`;
}
