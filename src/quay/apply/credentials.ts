import type { SecretRef } from '../../api/index.js';

/** User and password of another registry, and what may be shown nowhere. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly secrets: readonly string[];
}

/** Looks the password up, where one is stated. */
export function credentialsOf(
  stated: { readonly username?: string; readonly passwordSecretRef?: SecretRef },
  secrets: (ref: SecretRef) => string,
): Credentials {
  const { username, passwordSecretRef } = stated;
  const password = passwordSecretRef === undefined ? undefined : secrets(passwordSecretRef);
  return { username, password, secrets: password === undefined ? [] : [password] };
}
