/** The Secret with the private key, in the operator's namespace. */
export const ownershipSecretName = 'quayside-ownership';
/** The key inside it: PKCS #8 in PEM. */
export const ownershipSecretKey = 'ownership.key';
/** The ConfigMap with the public keys: one entry for each key id, in PEM. */
export const ownershipKeysName = 'quayside-ownership-keys';
