import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuditTrail } from './audit/trail.js';
import { callsTo } from './calls.js';
import type { Connection } from './connection.js';
import type { ServiceAccountRef, SharedControlPlane } from './control-plane.js';
import { editsWith } from './edits.js';
import { kubeconfigText } from './kubeconfig.js';
import { runKubectl } from './kubectl.js';
import { startFaultProxy } from './proxy/start-proxy.js';

/** A handle on a control plane that is running already. */
export async function connect(connection: Connection): Promise<SharedControlPlane> {
  const { url, ca, folder, kubectl: program, adminToken } = connection;
  const admin = join(folder, 'admin.kubeconfig');
  const access = { url, ca, token: adminToken };
  const calls = callsTo(access);

  const writeKubeconfig = async (at: string, token: string): Promise<string> => {
    const path = join(folder, 'kubeconfigs', randomUUID());
    await mkdir(join(folder, 'kubeconfigs'), { recursive: true });
    await writeFile(path, kubeconfigText({ url: at, ca, token }), { mode: 0o600 });
    return path;
  };
  const tokenFor = async ({ namespace, name }: ServiceAccountRef): Promise<string> => {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const spec = { expirationSeconds: 86_400 };
    const { status } = await calls.expect<{ status: { token: string } }>('POST', path, { spec });
    return status.token;
  };
  const kubeconfigFor = async (account: ServiceAccountRef): Promise<string> =>
    writeKubeconfig(url, await tokenFor(account));

  return {
    url,
    ca,
    token: adminToken,
    tokenFor,
    kubeconfig: admin,
    kubeconfigFor,
    kubectl: async (args, { input, as, kubeconfig = admin } = {}) =>
      runKubectl({ program, folder, kubeconfig: as ? await kubeconfigFor(as) : kubeconfig, args, input }),
    edits: editsWith(calls),
    audit: await openAuditTrail(connection.auditLog, access),
    proxy: async (serve) => {
      const proxy = await startFaultProxy(connection, serve);
      return {
        ...proxy,
        kubeconfig: await writeKubeconfig(proxy.url, adminToken),
        kubeconfigFor: async (account) => writeKubeconfig(proxy.url, await tokenFor(account)),
      };
    },
  };
}
