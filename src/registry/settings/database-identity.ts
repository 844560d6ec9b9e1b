import { createHash } from 'node:crypto';

/** Tells whether two DB_URIs mean one database, without saying which; undefined where a URI is none. */
export function databaseIdentity(uri: string): string | undefined {
  const [, address = '', database = ''] = /^[\w+]+:\/\/(?:[^@/]*@)?([^/?]+)\/([^?]*)/.exec(uri) ?? [];
  if (address === '' || database === '') return undefined;
  const whole = /:\d+$/.test(address) ? address : `${address}:5432`;
  return createHash('sha256').update(`${whole.toLowerCase()}/${database}`).digest('hex').slice(0, 16);
}
