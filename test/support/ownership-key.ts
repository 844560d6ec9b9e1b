import { signingKeys } from '../../src/ownership/index.js';
import { newPrivateKey } from '../../src/ownership/store/index.js';

/** A private key in PEM, one for each test file. */
export const ownershipKey = newPrivateKey();

/** What signs and checks with it. */
export const ownership = signingKeys(ownershipKey);
