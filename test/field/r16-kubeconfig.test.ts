import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Cluster, clusterFromKubeconfig } from '../../src/kube/index.js';
import { type FakeApiServer, fakeApiServer, notFound } from '../support/fake-api-server.js';

let folder: string;
let server: FakeApiServer;
let status: 200 | 401;
const environment: Record<string, string | undefined> = { PATH: '/usr/bin:/bin' };
const open: Cluster[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-kubeconfig-'));
  status = 200;
  server = await fakeApiServer(() => (status === 401 ? [401, { kind: 'Status', reason: 'Unauthorized' }] : notFound));
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Content {
  readonly user?: object;
  readonly cluster?: string;
  readonly context?: string;
  readonly current?: string;
}

/** Writes a kubeconfig of one user, and gives its path. */
async function config(name: string, { user, cluster, context, current }: Content): Promise<string> {
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    ...(cluster !== undefined && {
      clusters: [{ name: 'c', cluster: { server: cluster, 'insecure-skip-tls-verify': true } }],
    }),
    ...(user && { users: [{ name: 'u', user }] }),
    ...(context !== undefined && { contexts: [{ name: context, context: { cluster: 'c', user: 'u' } }] }),
    ...(current !== undefined && { 'current-context': current }),
  };
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

const whole = (user: object): Content => ({ user, cluster: server.url, context: 'x', current: 'x' });

/** How somebody is asked who he is; one question for each time. */
async function asked(cluster: Cluster, times = 1): Promise<readonly string[]> {
  for (let at = 0; at < times; at += 1) await cluster.secret('a', 'b').catch(() => undefined);
  return server.requests.map(({ authorization }) => authorization);
}

async function opened(options: { kubeconfig?: string } = {}): Promise<Cluster> {
  const cluster = await clusterFromKubeconfig({ environment, ...options });
  open.push(cluster);
  return cluster;
}

describe('R16: a list in KUBECONFIG', () => {
  const listed = (...paths: readonly string[]): void => void (environment.KUBECONFIG = paths.join(delimiter));

  test('R16: may name a file that is not there', async () => {
    listed('/nowhere/config', await config('b', whole({ token: 'known' })), '/nowhere/else');
    expect(await asked(await opened())).toEqual(['Bearer known']);
  });

  test('R16: is one kubeconfig, of which the first word counts', async () => {
    const cluster = await config('a', { cluster: server.url, current: 'x' });
    const user = await config('b', { user: { token: 'first' }, context: 'x', current: 'y' });
    const again = await config('c', { ...whole({ token: 'second' }), cluster: 'https://elsewhere.example.com' });
    listed(cluster, user, again);
    expect(await asked(await opened())).toEqual(['Bearer first']);
  });

  test('R16: of which no file is there has no cluster', async () => {
    listed('/nowhere/config', '/nowhere/else');
    await expect(clusterFromKubeconfig({ environment })).rejects.toThrow('there is no cluster to talk to');
  });

  test('R16: with an empty file beside others is read', async () => {
    await writeFile(join(folder, 'empty'), '\n');
    listed(join(folder, 'empty'), await config('b', whole({ token: 'known' })));
    expect(await asked(await opened())).toEqual(['Bearer known']);
  });
});

describe('R16: the token of a user', () => {
  test('R16: is read from its tokenFile, whose path starts at the kubeconfig', async () => {
    await mkdir(join(folder, 'secret'));
    await writeFile(join(folder, 'secret/token'), 'from-file\n');
    const kubeconfig = await config('a', whole({ tokenFile: 'secret/token', token: 'older' }));
    expect(await asked(await opened({ kubeconfig }))).toEqual(['Bearer from-file']);
  });

  test('R16: is read again when it was not accepted', async () => {
    await writeFile(join(folder, 'token'), 'one');
    const cluster = await opened({ kubeconfig: await config('a', whole({ tokenFile: join(folder, 'token') })) });
    status = 401;
    await asked(cluster);
    status = 200;
    await writeFile(join(folder, 'token'), 'two');
    expect(await asked(cluster)).toEqual(['Bearer one', 'Bearer two']);
  });
});

test('R16: who is asked as is sent whole: name, groups, UID and what else', async () => {
  const user = {
    token: 'known',
    as: 'ada',
    'as-groups': ['dev', 'ops'],
    'as-uid': 'u-1',
    'as-user-extra': { 'a/b': ['x'] },
  };
  await asked(await opened({ kubeconfig: await config('a', whole(user)) }));
  const [{ headers } = { headers: [] }] = server.requests;
  const sent = headers.flatMap((name, at) => (/^impersonate/i.test(name) ? [`${name}: ${headers[at + 1] ?? ''}`] : []));
  expect(sent.sort()).toEqual([
    'Impersonate-Extra-a%2Fb: x',
    'Impersonate-Group: dev',
    'Impersonate-Group: ops',
    'Impersonate-Uid: u-1',
    'Impersonate-User: ada',
  ]);
});

/** A login plugin: a program of the shell beside the kubeconfig. */
async function plugin(text: string, more: object = {}): Promise<Cluster> {
  await writeFile(join(folder, 'login'), `#!/bin/sh\n${text}\n`);
  await chmod(join(folder, 'login'), 0o755);
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './login', ...more };
  return opened({ kubeconfig: await config('a', whole({ exec })) });
}

const credential = (status: string): string =>
  `{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":${status}}`;

describe('R16: a login plugin', () => {
  test('R16: gets the variables of the process, and no credential of ours', async () => {
    Object.assign(environment, { LOGIN_PROFILE: 'dev', QUAYSIDE_QUAY_TOKEN: 'c4n4ry' });
    const cluster = await plugin(`printf '${credential(`{"token":"%s"}`)}' "$LOGIN_PROFILE:$QUAYSIDE_QUAY_TOKEN"`);
    expect(await asked(cluster)).toEqual(['Bearer dev:']);
  });

  test('R16: runs once for many calls, from where the kubeconfig is, and is told what it wants to know', async () => {
    const said = credential('{"token":"fresh"}');
    const cluster = await plugin(
      `echo "$KUBERNETES_EXEC_INFO" >> ${folder}/said; [ "$GREETING $1" = "hello there" ] && echo '${said}'`,
      { args: ['there'], env: [{ name: 'GREETING', value: 'hello' }], provideClusterInfo: true },
    );
    await Promise.all([asked(cluster), asked(cluster)]);
    expect(await asked(cluster)).toEqual(['Bearer fresh', 'Bearer fresh', 'Bearer fresh']);
    const [info = '', ...more] = (await readFile(join(folder, 'said'), 'utf8')).trim().split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(info)).toMatchObject({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: server.url } },
    });
  });

  test('R16: runs again when its token has expired, or was not accepted', async () => {
    const said = credential(`{"token":"'$n'","expirationTimestamp":"2020-01-01T00:00:00Z"}`);
    const cluster = await plugin(`echo x >> ${folder}/n; n=$(wc -l < ${folder}/n | tr -d ' '); echo '${said}'`);
    expect(await asked(cluster, 2)).toEqual(['Bearer 1', 'Bearer 2']);
    const lasting = await plugin(
      `echo x >> ${folder}/n; n=$(wc -l < ${folder}/n | tr -d ' '); echo '${credential(`{"token":"'$n'"}`)}'`,
    );
    expect((await asked(lasting, 2)).slice(2)).toEqual(['Bearer 3', 'Bearer 3']);
    status = 401;
    await asked(lasting);
    expect((await asked(lasting)).at(-1)).toBe('Bearer 4');
  });

  test.each([
    ['fails', 'exit 3', {}, 'ended with 3'],
    ['prints something else', 'echo c4n4ry', {}, 'printed no ExecCredential'],
    ['gives nothing', `echo '${credential('{}')}'`, {}, 'gave neither a token nor a certificate'],
    ['is missing', '', { command: 'no-such-login', installHint: 'Install it from example.com.' }, 'is not there'],
    ['has to ask where nobody is', '', { interactiveMode: 'Always' }, 'stdin is no terminal'],
  ])('R16: that %s is named', async (_, text, more, words) => {
    const error: unknown = await (await plugin(text, more)).secret('a', 'b').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ClusterLoginRejected', message: expect.stringContaining(words) });
    expect(String(error)).not.toContain('c4n4ry');
    if ('installHint' in more) expect(error).toMatchObject({ hint: 'Install it from example.com.' });
  });
});
