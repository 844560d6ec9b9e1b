import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../support/eventually.js';
import { provideGitea } from './provide.js';

/** Who calls: `bot` writes, `anna` reviews and administrates, `stranger` has no rights anywhere. */
export type Caller = 'bot' | 'anna' | 'stranger';

/** A real Gitea on loopback with a bot and a reviewer. */
export interface GiteaServer {
  readonly origin: string;
  readonly api: string;
  readonly sshPort: number;
  readonly tokens: { readonly bot: string; readonly anna: string };
  /** Calls the API as one of them. */
  call(
    who: Caller,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly json: unknown }>;
  /** Another token of the bot, with these scopes alone. */
  tokenWith(name: string, ...scopes: readonly string[]): Promise<string>;
  /** An empty repository of anna's that bot may write; its Git address over HTTP. */
  repository(name: string, more?: object): Promise<string>;
  /** The address of a repository with the login of one of them. */
  remoteOf(who: 'bot' | 'anna', name: string): string;
  /** Where the server keeps one. */
  folderOf(name: string): string;
  stop(): Promise<void>;
}

const passwords = { anna: randomBytes(12).toString('hex'), bot: randomBytes(12).toString('hex') };

export async function startGitea(): Promise<GiteaServer> {
  const { program, files } = await provideGitea();
  const folder = await mkdtemp(join(tmpdir(), 'quayside-gitea-'));
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
  const naming = ['--username', 'anna', '--password', passwords.anna, '--email', 'anna@example.com'];
  const withToken = ['--access-token', '--access-token-name', 'tests', '--access-token-scopes', 'all'];
  const made = await run([
    ...['admin', 'user', 'create', ...naming, '--admin', '--must-change-password=false', ...withToken],
  ]);
  const anna = /[0-9a-f]{40}/.exec(made.stdout)?.[0] ?? '';
  const server = spawn(program, ['web', '--config', config], { env: environment, stdio: 'ignore' });
  const tokens = { anna, bot: '' };
  const call: GiteaServer['call'] = async (who, method, path, body) => {
    // Who has no token is who an administrator says.
    const isStranger = who === 'stranger';
    const authorization = `token ${isStranger ? tokens.anna : tokens[who]}`;
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...(isStranger && { sudo: who }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  await answering(call, server);
  for (const [username, password] of [
    ['bot', passwords.bot],
    ['stranger', randomBytes(12).toString('hex')],
  ]) {
    const login = { username, password, must_change_password: false };
    await call('anna', 'POST', '/admin/users', { ...login, email: `${username}@example.com` });
  }
  const tokenWith: GiteaServer['tokenWith'] = async (name, ...scopes) => {
    const login = Buffer.from(`bot:${passwords.bot}`).toString('base64');
    const answer = await fetch(`${origin}/api/v1/users/bot/tokens`, {
      method: 'POST',
      headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, scopes }),
    });
    return ((await answer.json()) as { readonly sha1: string }).sha1;
  };
  tokens.bot = await tokenWith('tests', 'write:repository', 'write:issue', 'read:user');
  return {
    origin,
    api: `${origin}/api/v1`,
    sshPort,
    tokens,
    call,
    tokenWith,
    repository: async (name, more = {}) => {
      await call('anna', 'POST', '/user/repos', { name, default_branch: 'main', ...more });
      await call('anna', 'PUT', `/repos/anna/${name}/collaborators/bot`, { permission: 'write' });
      return `${origin}/anna/${name}.git`;
    },
    remoteOf: (who, name) => `${origin.replace('//', `//${who}:${tokens[who]}@`)}/anna/${name}.git`,
    folderOf: (name) => join(folder, 'repositories', 'anna', `${name.toLowerCase()}.git`),
    stop: async () => {
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(call: GiteaServer['call'], server: ChildProcess): Promise<void> {
  await eventually(async () => {
    if (server.exitCode !== null) throw new Error(`gitea ended with ${server.exitCode}`);
    const { status } = await call('anna', 'GET', '/version');
    if (status !== 200) throw new Error(`gitea answers ${status}`);
  });
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
BUILTIN_SSH_SERVER_USER = git
SSH_LISTEN_HOST = 127.0.0.1
SSH_LISTEN_PORT = ${sshPort}
SSH_PORT = ${sshPort}
[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'gitea.db')}
[repository]
ROOT = ${join(folder, 'repositories')}
DEFAULT_REPO_UNITS = repo.code,repo.pulls,repo.issues
[git.config]
gc.auto = 0
receive.autogc = false
maintenance.auto = false
[actions]
ENABLED = false
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
