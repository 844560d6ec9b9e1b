import type { SecretRef } from '../../api/index.js';

/** User and password of another registry. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
}

/** Looks the password up, where one is stated. */
export function credentialsOf(
  stated: { readonly username?: string; readonly passwordSecretRef?: SecretRef },
  secrets: (ref: SecretRef) => string,
): Credentials {
  const { username, passwordSecretRef } = stated;
  return { username, password: passwordSecretRef === undefined ? undefined : secrets(passwordSecretRef) };
}
