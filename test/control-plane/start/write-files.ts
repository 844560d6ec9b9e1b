import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kubeconfigText } from '../kubeconfig.js';
import { makeServiceAccountKey, serverCertificates } from './certificates.js';
import type { Layout } from './flags.js';

export interface Written {
  readonly layout: Layout;
  readonly ca: string;
  readonly adminToken: string;
}

/** Everything that the servers of one control plane read, in its folder. */
export async function writeFiles(folder: string, ports: readonly number[]): Promise<Written> {
  const [clientPort = 0, peerPort = 0, apiPort = 0] = ports;
  const layout: Layout = {
    folder,
    etcdUrl: `http://127.0.0.1:${clientPort}`,
    etcdPeerUrl: `http://127.0.0.1:${peerPort}`,
    apiPort,
    serverCertificate: join(folder, 'server.crt'),
    serverKey: join(folder, 'server.key'),
    serviceAccountKey: join(folder, 'service-account.key'),
    tokens: join(folder, 'tokens.csv'),
    auditPolicy: join(folder, 'audit-policy.json'),
    auditLog: join(folder, 'logs', 'audit.log'),
    controllerKubeconfig: join(folder, 'controller-manager.kubeconfig'),
  };
  const [tls, serviceAccountKey] = await Promise.all([serverCertificates(), makeServiceAccountKey()]);
  const adminToken = randomBytes(24).toString('hex');
  const controllerToken = randomBytes(24).toString('hex');
  const url = `https://127.0.0.1:${apiPort}`;
  const contents: Readonly<Record<string, string>> = {
    [layout.serverCertificate]: tls.certificate,
    [layout.serverKey]: tls.key,
    [layout.serviceAccountKey]: serviceAccountKey,
    [layout.tokens]: `${tokenLine(adminToken, 'admin')}${tokenLine(controllerToken, 'controller-manager')}`,
    [layout.auditPolicy]: JSON.stringify(auditPolicy),
    [layout.controllerKubeconfig]: kubeconfigText({ url, ca: tls.ca, token: controllerToken }),
    [join(folder, 'admin.kubeconfig')]: kubeconfigText({ url, ca: tls.ca, token: adminToken }),
  };
  await mkdir(join(folder, 'logs'));
  await Promise.all(Object.entries(contents).map(([path, text]) => writeFile(path, text, { mode: 0o600 })));
  return { layout, ca: tls.ca, adminToken };
}

const tokenLine = (token: string, user: string): string => `${token},${user},${user},"system:masters"\n`;

const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};
