import { randomInt } from 'node:crypto';
import { type NewRandomValues } from '../../registry/index.js';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-';

/** Random text for the keys and passwords that do not exist yet. */
export function randomValues(): NewRandomValues {
  return {
    databaseSecretKey: randomText(80),
    secretKey: randomText(80),
    databasePassword: randomText(80),
    databaseRootPassword: randomText(32),
    clairDatabasePassword: randomText(32),
    scannerKey: randomText(32),
    redisPassword: randomText(32),
  };
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
