import { documentSecretLabel, managedByLabel, managedByValue } from '../../api/index.js';
import { type SecretObject } from '../../kube/index.js';
import { type CredentialUse, type Purpose } from './credential-use.js';

/** Secrets of Quayside's own in its namespace, also where their label was taken off. */
const own: ReadonlySet<string> = new Set([
  'quayside-ownership',
  'quayside-webhook-authority',
  'quayside-webhook-certificate',
]);

/** Types that Kubernetes gives a meaning; the last two are a person's credentials for something like Git. */
const meant = /^(?:[\w.-]+\.)?kubernetes\.io\//;
const forGit: ReadonlySet<string> = new Set(['kubernetes.io/basic-auth', 'kubernetes.io/ssh-auth']);

/** What a Secret was made for, in words, where that is something else than what it is asked for. */
export function madeForElse(
  asked: { readonly purpose: Purpose; readonly name: string; readonly isOurNamespace: boolean },
  { labels, type }: Pick<SecretObject, 'labels' | 'type'>,
  first: CredentialUse | undefined,
): string | undefined {
  if (labels[managedByLabel] === managedByValue || (asked.isOurNamespace && own.has(asked.name))) {
    return "is one of Quayside's own";
  }
  if (labels[documentSecretLabel] === 'true') return `is for documents (its label ${documentSecretLabel})`;
  if (meant.test(type) && !(asked.purpose === 'Git' && forGit.has(type))) return `is of the type ${type}`;
  if (first === undefined || first.purpose === asked.purpose) return undefined;
  return `holds what the integration ${first.integration} shows to ${first.purpose}`;
}
