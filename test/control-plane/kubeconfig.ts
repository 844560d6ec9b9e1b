/** How to reach an API server, and as whom. */
export interface Access {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
}

/** A kubeconfig, as JSON, which every client reads. */
export function kubeconfigText({ url, ca, token }: Access): string {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}
