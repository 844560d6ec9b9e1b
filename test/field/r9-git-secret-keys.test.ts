import { describe, expect, test } from '@jest/globals';
import { type Cluster } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { gitAccess } from '../../src/pipeline/git-access.js';
import { readConfiguration } from '../../src/process/configuration.js';
import { integration, store } from '../fixtures/integration.js';

const http = 'https://git.example.com/state.git';
const ssh = 'ssh://git@git.example.com/state.git';
const value = 'canary-value';

/** What a Secret with these keys is good for at a remote. */
function accessWith(url: string, ...keys: readonly string[]) {
  const data = Object.fromEntries(keys.map((key) => [key, `${value} of ${key}`]));
  const hosts = { annotations: { 'quayside.dev/hosts': 'git.example.com' } };
  const { secret } = store({ 'quayside/git': data }, {}, { 'quayside/git': hosts });
  const inputs = {
    cluster: { secret } as Pick<Cluster, 'secret'> as Cluster,
    integration: integration({ git: { url, secretRef: { name: 'git' } } }),
    id: clusterId('openshift'),
  };
  const rule = () => Promise.resolve({ namespace: 'quayside', namespaces: ['quayside'], uses: [] });
  return gitAccess(inputs, url, rule, readConfiguration({}));
}

describe('R9: a Git Secret', () => {
  test('of the type kubernetes.io/ssh-auth has its key read', async () => {
    expect(await accessWith(ssh, 'ssh-privatekey', 'known_hosts')).toEqual({
      credentials: { privateKey: `${value} of ssh-privatekey`, knownHosts: `${value} of known_hosts` },
    });
  });

  test('without known_hosts says which key it has', async () => {
    await expect(accessWith(ssh, 'ssh-privatekey')).rejects.toThrow('has ssh-privatekey and lacks known_hosts');
    await expect(accessWith(ssh, 'identity')).rejects.toThrow('has identity and lacks known_hosts');
  });

  test('with both a key and a password is read for the kind of the remote', async () => {
    const keys = ['username', 'password', 'identity', 'ssh-privatekey', 'known_hosts', 'ca.crt'];
    const ca = `${value} of ca.crt`;
    const password = { username: `${value} of username`, password: `${value} of password` };
    expect(await accessWith(http, ...keys)).toEqual({ ca, credentials: password });
    const key = { privateKey: `${value} of identity`, knownHosts: `${value} of known_hosts` };
    expect(await accessWith(ssh, ...keys)).toEqual({ ca, credentials: key });
  });

  test('with an authority alone, or for a folder, needs no credentials', async () => {
    expect(await accessWith(http, 'ca.crt')).toEqual({ ca: `${value} of ca.crt` });
    expect(await accessWith('file:///srv/state.git', 'bearerToken')).toEqual({});
  });

  test.each([
    [http, ['bearerToken'], 'has the keys bearerToken, and a state repository over http needs password'],
    [http, ['token', 'ca.crt'], 'has the keys ca.crt, token, and'],
    [http, ['username'], 'has the keys username, and'],
    [http, ['ssh-privatekey', 'known_hosts'], 'has the keys known_hosts, ssh-privatekey, and'],
    [http, [], 'has no keys, and'],
    [http, 'abcdefghijkl'.split(''), 'has the keys a, b, c, d, e, f, g, h, i, j and 2 more, and'],
    [http, ['\u001b[31mred', 'token'], 'has the keys token, and'],
    [ssh, ['sshPrivateKey'], 'over ssh needs identity (or ssh-privatekey) and known_hosts'],
    [ssh, ['username', 'password'], 'has the keys password, username, and a state repository over ssh needs identity'],
  ])('for %s with the keys %j names these and those that are needed', async (url, keys, words) => {
    const error = await accessWith(url, ...keys).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toMatchObject({ code: 'CredentialsMissing', retryable: false });
    expect(error?.message).toContain(words);
    expect(error?.message).not.toContain(value);
  });
});
