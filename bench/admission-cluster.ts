import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/** An API server that has what a webhook reads, and never changes. */
export interface FixedCluster {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves so many namespaces with an organization each, one integration, and the Secret with a certificate. */
export async function fixedCluster(namespaces: number, tls: { cert: string; key: string }): Promise<FixedCluster> {
  const names = Array.from({ length: namespaces }, (_, at) => `project-${at}`);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const certificate = { 'tls.crt': base64(tls.cert), 'tls.key': base64(tls.key) };
  const lists: Readonly<Record<string, readonly object[]>> = {
    '/api/v1/namespaces': names.map((name) => ({
      metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z', labels: {} },
    })),
    '/api/v1/namespaces/quayside/secrets': [
      {
        metadata: { namespace: 'quayside', name: 'quayside-webhook-certificate' },
        type: 'kubernetes.io/tls',
        data: certificate,
      },
    ],
    '/apis/quay.redhat.com/v1/quayintegrations': [integration],
    '/apis/quayside.dev/v1alpha1/quayorganizations': names.map(organization),
  };
  const server = createServer(tls, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cluster');
    const items = lists[pathname];
    response.writeHead(items === undefined ? 404 : 200, { 'content-type': 'application/json' });
    if (items === undefined) response.end('{"kind":"Status","reason":"NotFound"}');
    else if (searchParams.get('watch') === 'true') response.flushHeaders();
    else response.end(JSON.stringify({ kind: 'List', metadata: { resourceVersion: '1' }, items }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

const lastTransitionTime = '2026-01-01T00:00:00Z';
const conditions = [{ type: 'Ready', status: 'True', reason: 'Succeeded', message: '', lastTransitionTime }];
const integration = {
  apiVersion: 'quay.redhat.com/v1',
  kind: 'QuayIntegration',
  metadata: { name: 'quay' },
  spec: { quayHostname: 'https://quay.example.test', credentialsSecret: { namespace: 'quayside', name: 'quay' } },
  status: { conditions },
};

function organization(namespace: string): object {
  const name = 'builder';
  const pullSecret = { name: 'builder-quay-openshift', serviceAccount: name };
  return {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: `openshift.${namespace}` },
    spec: {
      integration: 'quay',
      namespace,
      name: `openshift_${namespace}`,
      robots: [{ name, role: 'write', pullSecret }],
    },
    status: { conditions, origin: 'created', robots: [{ name, serviceAccount: name, ready: true, linked: true }] },
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
