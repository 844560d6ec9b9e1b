import { constants } from 'node:fs';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './connect.js';
import type { Connection } from './connection.js';
import type { ControlPlane } from './control-plane.js';
import { freePorts } from './process/free-ports.js';
import { supervise, type Running, type Supervisor } from './process/supervise.js';
import type { ServerPaths } from './servers/list.js';
import { provideServers } from './servers/provide.js';
import { apiServerFlags, controllerManagerFlags, etcdFlags } from './start/flags.js';
import { answers } from './start/ready.js';
import { writeFiles, type Written } from './start/write-files.js';

/** A control plane that was started, and what others need to reach it. */
export interface Started extends ControlPlane {
  readonly connection: Connection;
}

/**
 * Starts a control plane on loopback, in a temporary folder; it ends with `stop`, or with this process however that ends.
 * Data of etcd that another one left is copied, and is what this one begins with.
 */
export async function startControlPlane(data?: string): Promise<Started> {
  const paths = await provideServers();
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'quayside-control-plane-'));
    const supervisor = supervise(folder);
    try {
      if (data !== undefined)
        await cp(data, join(folder, 'etcd'), { recursive: true, mode: constants.COPYFILE_FICLONE });
      return await startIn(folder, supervisor, paths);
    } catch (error) {
      const complaint = await lastWords(join(folder, 'logs'));
      await supervisor.close();
      // Between asking for a free port and using it somebody else may have taken it.
      if (attempt < attempts && complaint.includes('address already in use')) continue;
      throw new Error(`The control plane did not start.\n${complaint}`, { cause: error });
    }
  }
}

async function startIn(folder: string, supervisor: Supervisor, paths: ServerPaths): Promise<Started> {
  const written = await writeFiles(folder, await freePorts(3));
  const { layout, ca, adminToken } = written;
  const run = (name: keyof ServerPaths, args: readonly string[]): Promise<Running> =>
    supervisor.run({ name, command: paths[name], args, log: join(folder, 'logs', `${name}.log`) });

  const etcd = await run('etcd', etcdFlags(layout));
  let apiServer = await run('kube-apiserver', apiServerFlags(layout));
  const access = { url: `https://127.0.0.1:${layout.apiPort}`, ca, token: adminToken };
  const ready = (): Promise<void> => answers(access, '/readyz', [etcd, apiServer]);
  await ready();
  const controllers = await run('kube-controller-manager', controllerManagerFlags(layout));
  await answers(access, '/api/v1/namespaces/default/serviceaccounts/default', [etcd, apiServer, controllers]);

  const connection = connectionOf(written, paths);
  return {
    ...(await connect(connection)),
    connection,
    restartApiServer: async () => {
      await apiServer.end();
      apiServer = await run('kube-apiserver', apiServerFlags(layout));
      await ready();
    },
    stop: async ({ keepLogsIn, keepDataIn } = {}) => {
      if (keepLogsIn !== undefined) await cp(join(folder, 'logs'), keepLogsIn, { recursive: true });
      if (keepDataIn !== undefined) {
        for (const program of [controllers, apiServer, etcd]) await program.end();
        await cp(join(folder, 'etcd'), keepDataIn, { recursive: true });
      }
      await supervisor.close();
    },
  };
}

function connectionOf({ layout, ca, adminToken }: Written, paths: ServerPaths): Connection {
  return {
    url: `https://127.0.0.1:${layout.apiPort}`,
    ca,
    adminToken,
    folder: layout.folder,
    auditLog: layout.auditLog,
    kubectl: paths.kubectl,
    serverCertificate: layout.serverCertificate,
    serverKey: layout.serverKey,
  };
}

/** The end of each server's log. */
async function lastWords(logs: string): Promise<string> {
  const names = ['etcd', 'kube-apiserver', 'kube-controller-manager'];
  const tails = names.map(async (name) => {
    const text = await readFile(join(logs, `${name}.log`), 'utf8').catch(() => '');
    return text === '' ? '' : `--- ${name}\n${text.trimEnd().split('\n').slice(-15).join('\n')}`;
  });
  return (await Promise.all(tails)).filter((tail) => tail !== '').join('\n');
}
