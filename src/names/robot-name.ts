import { isQuayName } from './quay-name.js';
import { shortHash } from './short-hash.js';
import { slug } from './slug.js';

const longest = 100;

/**
 * Service account → short name of its robot: the same name wherever Quay takes it. Else a readable rest and a hash behind an
 * underscore, which no service account contains. At most 100 characters, so that organization and robot fit together.
 */
export function robotName(serviceAccount: string): string {
  if (isQuayName(serviceAccount, longest) && !serviceAccount.includes('_')) return serviceAccount;
  return `${slug(serviceAccount, longest - 14)}_${shortHash(serviceAccount)}`;
}
