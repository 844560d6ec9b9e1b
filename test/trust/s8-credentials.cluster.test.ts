import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { registryAt } from '../fixtures/registry-at.js';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { type Condition, conditionOf, type Reported, secret } from '../fixtures/operator/objects.js';
import { openSink, type Sink } from './sink.js';

const victim = 'victim';
const token = 'V1ctimsT0ken'.repeat(4).slice(0, 40);

let cluster: Cluster;
let harness: Harness;
let sink: Sink;
const made: (readonly [resource: string, name: string])[] = [];

beforeAll(async () => {
  cluster = await Cluster.open();
  [harness] = await Promise.all([Harness.open(cluster), cluster.start()]);
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: victim } });
  await cluster.create(secret(victim, 'database', { token }));
});
beforeEach(async () => {
  sink = await openSink();
});
afterEach(async () => {
  await Promise.all(made.splice(0).map(([resource, name]) => cluster.delete(resource, name)));
  await sink.close();
});
afterAll(async () => {
  await harness.close();
  await cluster.close();
});

const v1 = 'quayintegrations.quay.redhat.com';
const v1alpha1 = 'quayintegrations.redhatcop.redhat.io';

/** Somebody who may write integrations makes one that selects nothing; gives its name. */
async function integrate(spec: object, resource = v1, prefix = 'thief'): Promise<string> {
  const name = `${prefix}-${randomBytes(3).toString('hex')}`;
  const isOld = resource === v1alpha1;
  const apiVersion = isOld ? 'redhatcop.redhat.io/v1alpha1' : 'quay.redhat.com/v1';
  const nothing = { [isOld ? 'whitelistNamespaces' : 'allowlistNamespaces']: ['nowhere'] };
  await cluster.create({
    apiVersion,
    kind: 'QuayIntegration',
    metadata: { name },
    spec: { clusterID: name, ...nothing, ...spec },
  });
  made.push([resource, name]);
  return name;
}

async function readyOf(name: string, resource = v1): Promise<Condition> {
  const api = resource === v1 ? 'quay.redhat.com/v1' : 'redhatcop.redhat.io/v1alpha1';
  return conditionOf(await cluster.get<Reported>(`/apis/${api}/quayintegrations/${name}`), 'Ready');
}

/** Waits until it is refused for this reason, and gives the message. */
async function refused(name: string, reason: string, resource = v1): Promise<string> {
  return cluster.eventually(async () => {
    const ready = await readyOf(name, resource);
    expect(ready).toMatchObject({ status: 'False', reason });
    return ready.message;
  });
}

describe('S8: the Secret of somebody else', () => {
  const stolen = { namespace: victim, name: 'database' };

  test('S8: does not leave for a host of the author of an integration, until its owner copies the line that allows it', async () => {
    const name = await integrate({ ...registryAt(sink.url), credentialsSecret: stolen });
    const message = await refused(name, 'CredentialsHostMismatch');
    expect(sink.asked).toEqual([]);
    expect(message).toContain('victim/database');
    expect(message).not.toContain(token);

    const [, line = ''] = /kubectl (annotate .*)$/m.exec(message) ?? [];
    expect(line).toContain(`quayside.dev/hosts=${sink.host}`);
    await cluster.plane.kubectl(line.split(' '));
    await cluster.eventually(() =>
      expect(sink.asked).toContainEqual({ path: '/api/v1/user/', authorization: `Bearer ${token}` }),
    );
    // Not even then with a call that answers to anybody.
    expect(sink.asked.filter(({ path }) => path === '/config').map(({ authorization }) => authorization)).toEqual([
      undefined,
    ]);
    await cluster.plane.kubectl(['annotate', 'secret', 'database', '-n', victim, 'quayside.dev/hosts-']);
    await refused(name, 'CredentialsHostMismatch');
  });

  test('S8: does not leave by the old kind either', async () => {
    const spec = { ...registryAt(sink.url), credentialsSecretName: `${victim}/database` };
    const name = await integrate(spec, v1alpha1);
    expect(await refused(name, 'CredentialsHostMismatch', v1alpha1)).toContain(
      'kubectl annotate secret database -n victim',
    );
    expect(sink.asked).toEqual([]);
  });
});

describe('S8: the token of another integration', () => {
  test.each([
    ['an integration of the same kind', v1, (name: string) => ({ credentialsSecret: { namespace: home, name } })],
    ['one of the old kind', v1alpha1, (name: string) => ({ credentialsSecretName: `${home}/${name}` })],
  ])('S8: goes to the host of the oldest alone, not to that of %s', async (_, resource, credentials) => {
    // Of two from the same second the first by name is the older one.
    const name = await integrate({ ...registryAt(sink.url), ...credentials(harness.id) }, resource, 'zz-thief');
    const message = await refused(name, 'CredentialsHostMismatch', resource);
    expect(message).toContain(harness.id);
    expect(message).toContain(`quayside.dev/hosts=${new URL(harness.quay.url).host},${sink.host}`);
    expect(sink.asked).toEqual([]);
    await cluster.eventually(async () => expect(await harness.condition('Ready')).toMatchObject({ status: 'True' }));
  });

  test('S8: does not follow an object that supersedes the one that has it', async () => {
    await cluster.create(secret(home, 'formers', { token: harness.token() }));
    const old = { ...registryAt(harness.quay.url), credentialsSecretName: `${home}/formers` };
    const name = await integrate(old, v1alpha1, 'former');
    await cluster.eventually(async () => expect(await readyOf(name, v1alpha1)).toMatchObject({ status: 'True' }));
    // A second later at least: the times of objects have no smaller parts.
    const { metadata } = await cluster.get<Reported & { metadata: { creationTimestamp: string } }>(
      `/apis/redhatcop.redhat.io/v1alpha1/quayintegrations/${name}`,
    );
    await cluster.eventually(() => expect(Date.now() - Date.parse(metadata.creationTimestamp)).toBeGreaterThan(1_000));
    await cluster.create({
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name },
      spec: {
        clusterID: name,
        allowlistNamespaces: ['nowhere'],
        ...registryAt(sink.url),
        credentialsSecret: { namespace: home, name: 'formers' },
      },
    });
    made.push([v1, name]);
    await refused(name, 'CredentialsHostMismatch');
    expect(sink.asked).toEqual([]);
  });
});

describe('S8: the credentials of a state repository', () => {
  const git = { username: 'git', password: token };
  const owned = (url: string, name: string): object => ({
    ...registryAt(harness.quay.url),
    credentialsSecret: { namespace: home, name: harness.id },
    git: { url, secretRef: { name } },
  });

  test('S8: are not shown to the host of a younger integration, and an SSH key no more than a password', async () => {
    const key = { identity: token, known_hosts: '127.0.0.1 ssh-ed25519 AAAA' };
    await cluster.create(secret(home, 'git-password', git), secret(home, 'git-key', key));
    await integrate(owned('https://git.example.test/state.git', 'git-password'), v1, 'aa-owner');
    await integrate(owned('git@git.example.test:group/state.git', 'git-key'), v1, 'aa-owner');
    const [overHTTP, overSSH] = await Promise.all([
      integrate(owned(`${sink.url}/state.git`, 'git-password'), v1, 'zz-thief'),
      integrate(owned(`ssh://git@${sink.host}/state.git`, 'git-key'), v1, 'zz-thief'),
    ]);
    const line = `quayside.dev/hosts=git.example.test`;
    expect(await refused(overHTTP, 'CredentialsHostMismatch')).toContain(`${line}:443,${sink.host}`);
    expect(await refused(overSSH, 'CredentialsHostMismatch')).toContain(`${line}:22,${sink.host}`);
    expect(sink.asked).toEqual([]);
  });

  test('S8: are no token for Quay, at whatever host', async () => {
    await cluster.create(secret(home, 'git-token', git));
    await integrate(owned(`${sink.url}/state.git`, 'git-token'), v1, 'aa-owner');
    // It may see them as Git's.
    await cluster.eventually(() => expect(sink.asked.some(({ path }) => path.startsWith('/state.git'))).toBe(true));
    const credentialsSecret = { namespace: home, name: 'git-token', key: 'password' };
    const name = await integrate({ ...registryAt(sink.url), credentialsSecret }, v1, 'zz-thief');
    expect(await refused(name, 'CredentialsRefused')).toContain('git-token');
    expect(sink.asked.filter(({ path }) => !path.startsWith('/state.git'))).toEqual([]);
  });
});

test('S8: nothing is said as plain text to a Quay whose integration did not agree to that', async () => {
  await cluster.create(secret(home, 'plain', { token }));
  const name = await integrate({ quayHostname: sink.url, credentialsSecret: { namespace: home, name: 'plain' } });
  expect(await refused(name, 'InvalidHostname')).toContain('insecureRegistry');
  expect(sink.asked).toEqual([]);
  await cluster.patch([v1, name], { spec: { insecureRegistry: true } });
  await cluster.eventually(() => expect(sink.asked).not.toEqual([]));
});
