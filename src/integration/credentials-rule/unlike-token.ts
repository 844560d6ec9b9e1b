import { type SecretObject } from '../../kube/index.js';

/** What the predecessor's documentation calls it, and the default of `credentialsSecret.key`. */
const usual = 'token';

/**
 * Why a Secret that does not say itself where it may go does not look as if it was made for a token of Quay, in words: the
 * namespaces that tokens are taken from hold the Secrets of others as well. Only the names of its keys are looked at.
 */
export function unlikeToken(key: string, { type, data }: Pick<SecretObject, 'type' | 'data'>): string | undefined {
  if (type !== 'Opaque') return `is of the type ${quoted(type)}`;
  if (key === usual || data.size <= 1) return undefined;
  return `has other keys beside ${quoted(key)}, which is not called ${usual}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
