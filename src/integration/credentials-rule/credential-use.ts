import { type Endpoint } from '../../names/index.js';

/** To whom credentials are shown; a key that signs commits counts as Git's. */
export type Purpose = 'Quay' | 'Git';

/** That an integration names a Secret. */
export interface CredentialUse {
  readonly integration: string;
  /** As the API server writes times, in one form that sorts as text; of what has not been created yet later than any. */
  readonly created: string;
  readonly purpose: Purpose;
  readonly namespace: string;
  readonly name: string;
  /** Where it is sent; `Unreadable` where the address does not tell. */
  readonly to: Endpoint | 'Nowhere' | 'Unreadable';
}

/** The oldest of them by the age of its integration, of equals the first by name; within one integration Git's. */
export function firstOf(uses: readonly CredentialUse[]): CredentialUse | undefined {
  return uses.reduce<CredentialUse | undefined>(
    (first, one) => (first === undefined || isBefore(one, first) ? one : first),
    undefined,
  );
}

function isBefore(a: CredentialUse, b: CredentialUse): boolean {
  if (a.created !== b.created) return a.created < b.created;
  if (a.integration !== b.integration) return a.integration < b.integration;
  return a.purpose === 'Git' && b.purpose !== 'Git';
}
