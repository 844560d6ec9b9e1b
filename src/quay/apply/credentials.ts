import type { SecretRef } from '../../api/index.js';

/** User and password of another registry. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
}

/** Looks the password up, where one is declared. */
export function credentialsOf(
  declared: { readonly username?: string; readonly passwordSecretRef?: SecretRef },
  secrets: (ref: SecretRef) => string,
): Credentials {
  const { username, passwordSecretRef } = declared;
  return { username, password: passwordSecretRef === undefined ? undefined : secrets(passwordSecretRef) };
}
