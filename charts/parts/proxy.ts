/** The proxy to what is outside of the cluster: Quay, forges, the state repository. */
export interface Proxy {
  /**
   * Proxy for addresses that start with http://.
   * @default - none
   */
  readonly httpProxy?: string | undefined;
  /**
   * Proxy for addresses that start with https://.
   * @default - none
   */
  readonly httpsProxy?: string | undefined;
  /**
   * Hosts that are reached without the proxy, separated by commas.
   * @default - those inside the cluster
   */
  readonly noProxy?: string | undefined;
}

const inside = '.svc,.cluster.local,localhost,127.0.0.1';

/** The variables that Quayside and git read. */
export function proxyVariables({ httpProxy, httpsProxy, noProxy }: Proxy): { name: string; value: string }[] {
  if (httpProxy === undefined && httpsProxy === undefined) return [];
  return [
    ...(httpProxy === undefined ? [] : [{ name: 'http_proxy', value: httpProxy }]),
    ...(httpsProxy === undefined ? [] : [{ name: 'https_proxy', value: httpsProxy }]),
    { name: 'no_proxy', value: noProxy === undefined ? inside : `${noProxy},${inside}` },
  ];
}
