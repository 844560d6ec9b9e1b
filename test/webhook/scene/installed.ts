import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { SharedControlPlane } from '../../control-plane/control-plane.js';
import { newMark } from './heard.js';

/** The service account of the webhook, as it is installed. */
export const webhookAccount = { namespace: 'quayside', name: 'quayside-webhook' } as const;

interface Installed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly webhooks?: readonly object[];
}

/** Where the webhook can be reached, whom to trust there, and what its failing means. */
export interface Reached {
  readonly port: number;
  /** PEM. */
  readonly ca: string;
  readonly failurePolicy?: 'Ignore' | 'Fail';
}

/** The account and the rights of the webhook, from the manifests that people install. */
export async function installAccess(controlPlane: SharedControlPlane): Promise<void> {
  const items = manifests().filter(
    ({ kind, metadata }) =>
      (kind === 'Namespace' && metadata.name === 'quayside') ||
      (metadata.name === webhookAccount.name && /^(ServiceAccount|(Cluster)?Role(Binding)?)$/.test(kind)),
  );
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await controlPlane.kubectl(['apply', '--server-side', '-f', '-'], { input });
}

/** The webhook configuration from the same manifests, but that it is reached on loopback: there is no network of a cluster. */
export async function installConfiguration(controlPlane: SharedControlPlane, reached: Reached): Promise<void> {
  const [configuration] = manifests().filter(
    ({ kind, metadata }) => kind === 'MutatingWebhookConfiguration' && metadata.name === 'quayside',
  );
  if (configuration === undefined) throw new Error('the manifests have no webhook configuration');
  await applyConfiguration(controlPlane, configuration.metadata.name, configuration.webhooks ?? [], reached);
}

/** A webhook configuration that is reached on loopback, once the API server goes by it; gives a way to take it away again. */
export async function applyConfiguration(
  controlPlane: SharedControlPlane,
  name: string,
  webhooks: readonly object[],
  { port, ca, failurePolicy }: Reached,
): Promise<() => Promise<void>> {
  const mark = newMark(controlPlane);
  const clientConfig = {
    url: `https://127.0.0.1:${port}/admissionwebhook`,
    caBundle: Buffer.from(ca).toString('base64'),
  };
  const input = JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      ...webhooks.map((webhook) => ({ ...webhook, clientConfig, ...(failurePolicy && { failurePolicy }) })),
      mark.webhook,
    ],
  });
  await controlPlane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input });
  await mark.heard();
  return async () => {
    await controlPlane.kubectl(['delete', 'mutatingwebhookconfiguration', name]);
    await mark.forgotten();
  };
}

function manifests(): readonly Installed[] {
  const file = resolve(import.meta.dirname, '../../../dist/quayside.yaml');
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Installed);
}
