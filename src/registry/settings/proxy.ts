import { type ClusterFacts } from '../inputs.js';

/** The proxy as Quay's pods get it. What is inside the cluster is called directly, the registry itself as well. */
export function proxyVariables(
  { proxy }: ClusterFacts,
  host: string | undefined,
): Readonly<Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY', string>> {
  const { http = '', https = '', no = '' } = proxy ?? {};
  const given = no
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const inside = http === '' && https === '' ? [] : ['.svc', '.cluster.local', 'localhost', '127.0.0.1'];
  const all = [...(host === undefined ? [] : [host]), ...given, ...inside];
  return { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: [...new Set(all)].join(',') };
}
