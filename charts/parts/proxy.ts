/** The proxy to the state repository. Quay and the API server are always asked directly. */
export interface Proxy {
  /**
   * Proxy for the state repository over http.
   * @default - none
   */
  readonly httpProxy?: string | undefined;
  /**
   * Proxy for the state repository over https.
   * @default - none
   */
  readonly httpsProxy?: string | undefined;
  /**
   * Hosts that are reached without the proxy, with commas between.
   * @default - those inside the cluster
   */
  readonly noProxy?: string | undefined;
}

const inside = '.svc,.cluster.local,localhost,127.0.0.1';

/** The variables that git reads. */
export function proxyVariables({ httpProxy, httpsProxy, noProxy }: Proxy): { name: string; value: string }[] {
  if (httpProxy === undefined && httpsProxy === undefined) return [];
  return [
    ...(httpProxy === undefined ? [] : [{ name: 'http_proxy', value: httpProxy }]),
    ...(httpsProxy === undefined ? [] : [{ name: 'https_proxy', value: httpsProxy }]),
    { name: 'no_proxy', value: noProxy === undefined ? inside : `${noProxy},${inside}` },
  ];
}
