import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { provideGitea } from './provide.js';
import { temporaryFolder } from '../../support/temporary.js';

/** A real Gitea on loopback with a bot and a reviewer. */
export interface GiteaServer {
  readonly origin: string;
  readonly api: string;
  readonly sshPort: number;
  /** Of `bot`, who writes, and of `anna`, who reviews and administrates. */
  readonly tokens: { readonly bot: string; readonly anna: string };
  /** Calls the API as one of them. */
  call(
    who: 'bot' | 'anna',
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly json: unknown }>;
  /** A repository of anna's that bot may write; its Git address over HTTP. */
  repository(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startGitea(): Promise<GiteaServer> {
  const { program, files } = await provideGitea();
  const folder = await temporaryFolder();
  const [port, sshPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const config = join(folder, 'app.ini');
  await mkdir(join(folder, 'home'), { recursive: true });
  await writeFile(config, settings({ folder, files, port, sshPort, origin }));
  const environment = {
    PATH: process.env['PATH'],
    HOME: join(folder, 'home'),
    USER: process.env['USER'] ?? 'root',
    GITEA_WORK_DIR: folder,
  };
  const run = (args: readonly string[]): Promise<{ stdout: string }> =>
    promisify(execFile)(program, [...args, '--config', config], { env: environment });
  await run(['migrate']);
  const user = async (name: string, more: readonly string[], scopes: string): Promise<string> => {
    const password = randomBytes(12).toString('hex');
    await run([
      'admin',
      'user',
      'create',
      '--username',
      name,
      '--password',
      password,
      '--email',
      `${name}@example.com`,
      '--must-change-password=false',
      ...more,
    ]);
    const naming = ['--username', name, '--token-name', 'tests', '--scopes', scopes, '--raw'];
    const { stdout } = await run(['admin', 'user', 'generate-access-token', ...naming]);
    // Before the token it complains about the user that it runs as.
    return stdout.trim().split('\n').at(-1) ?? '';
  };
  const anna = await user('anna', ['--admin'], 'all');
  const bot = await user('bot', [], 'write:repository,write:issue,read:user');
  const server = spawn(program, ['web', '--config', config], { env: environment, stdio: 'ignore' });
  const tokens = { bot, anna };
  const call: GiteaServer['call'] = async (who, method, path, body) => {
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization: `token ${tokens[who]}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  const deadline = Date.now() + 60_000;
  while (
    !(await call('anna', 'GET', '/version').then(
      ({ status }) => status === 200,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error('gitea does not answer');
    if (server.exitCode !== null) throw new Error(`gitea ended with ${server.exitCode}`);
    await sleep(100);
  }
  return {
    origin,
    api: `${origin}/api/v1`,
    sshPort,
    tokens,
    call,
    repository: async (name) => {
      await call('anna', 'POST', '/user/repos', { name, auto_init: true, default_branch: 'main' });
      await call('anna', 'PUT', `/repos/anna/${name}/collaborators/bot`, { permission: 'write' });
      return `${origin}/anna/${name}.git`;
    },
    stop: async () => {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

interface Settings {
  readonly folder: string;
  readonly files: string;
  readonly port: number;
  readonly sshPort: number;
  readonly origin: string;
}

function settings({ folder, files, port, sshPort, origin }: Settings): string {
  return `APP_NAME = Gitea
RUN_MODE = prod
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = ${origin}/
STATIC_ROOT_PATH = ${files}
OFFLINE_MODE = true
START_SSH_SERVER = true
SSH_LISTEN_HOST = 127.0.0.1
SSH_LISTEN_PORT = ${sshPort}
SSH_PORT = ${sshPort}
[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'gitea.db')}
[repository]
ROOT = ${join(folder, 'repositories')}
[security]
INSTALL_LOCK = true
SECRET_KEY = ${randomBytes(16).toString('hex')}
INTERNAL_TOKEN = ${randomBytes(32).toString('hex')}
[webhook]
ALLOWED_HOST_LIST = loopback
[log]
LEVEL = Error
[queue]
TYPE = channel
[cron]
ENABLED = false
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
