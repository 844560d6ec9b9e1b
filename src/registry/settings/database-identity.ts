import { createHash } from 'node:crypto';

/**
 * Tells whether two DB_URIs mean one database, without saying which; undefined where a URI is none. With the namespace that it is
 * said in, the name of a Service is that Service's, however long it is written.
 */
export function databaseIdentity(uri: string, namespace?: string): string | undefined {
  const [, host = '', port = ':5432', database = ''] =
    /^[\w+]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]+)(:\d+)?\/([^?]*)/.exec(uri) ?? [];
  if (host === '' || database === '') return undefined;
  const whole = namespace === undefined ? host : inCluster(host, namespace);
  return createHash('sha256').update(`${whole.toLowerCase()}${port}/${database}`).digest('hex').slice(0, 16);
}

function inCluster(host: string, namespace: string): string {
  if (/^[\w-]+$/.test(host)) return `${host}.${namespace}`;
  return host.replace(/\.svc(?:\.cluster\.local)?\.?$/i, '');
}
