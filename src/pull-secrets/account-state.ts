import { isDeepStrictEqual } from 'node:util';
import { type Fields, objectOrEmpty, textOf } from '../json/index.js';
import { listPath, resourceName, resourceTypes, type WatchRequest } from '../kube/index.js';

/** What is kept of a service account: the names in its two lists. */
export interface AccountState {
  readonly namespace: string;
  readonly name: string;
  readonly secrets: readonly string[];
  readonly imagePullSecrets: readonly string[];
  readonly resourceVersion: string;
}

/** The service accounts of all namespaces. */
export const serviceAccountWatch: WatchRequest<AccountState> = {
  resource: resourceName(resourceTypes.serviceAccount),
  path: listPath(resourceTypes.serviceAccount),
  keep: accountState,
  // Who else writes to it, and what, is nobody's concern.
  same: ({ resourceVersion: _, ...before }, { resourceVersion: __, ...after }) => isDeepStrictEqual(before, after),
};

/** Whether both lists of the account have the secret. */
export function isLinked(account: AccountState | undefined, secret: string): boolean {
  return account !== undefined && account.secrets.includes(secret) && account.imagePullSecrets.includes(secret);
}

/** The account as a patch that adds to its lists has to know it: an empty list is none, as the API server writes it. */
export function seenAccount(account: AccountState | undefined): Fields | undefined {
  if (account === undefined) return undefined;
  const entries = (names: readonly string[]): readonly Fields[] | undefined =>
    names.length === 0 ? undefined : names.map((name) => ({ name }));
  const { resourceVersion, secrets, imagePullSecrets } = account;
  return { metadata: { resourceVersion }, secrets: entries(secrets), imagePullSecrets: entries(imagePullSecrets) };
}

/** Whether any list of the account has the secret. */
export function mentions(account: AccountState, secret: string): boolean {
  return account.secrets.includes(secret) || account.imagePullSecrets.includes(secret);
}

function accountState({ metadata, secrets, imagePullSecrets }: Fields): AccountState {
  const { namespace, name, resourceVersion } = objectOrEmpty(metadata);
  return {
    namespace: textOf(namespace) ?? '',
    name: textOf(name) ?? '',
    secrets: namesIn(secrets),
    imagePullSecrets: namesIn(imagePullSecrets),
    resourceVersion: textOf(resourceVersion) ?? '',
  };
}

function namesIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.flatMap((entry) => textOf(objectOrEmpty(entry).name) ?? []) : [];
}
