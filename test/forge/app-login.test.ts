import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { TerminalError } from '../../src/errors/index.js';
import { appLogin, type AppSources } from '../../src/pipeline/app-login.js';
import { integration } from '../fixtures/integration.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const app = { appID: '12345', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };

interface Given {
  readonly location?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly forgeToken?: string;
  readonly unreadable?: TerminalError;
}

/** What Git gets where the forge has this Secret and Git has none. */
function loginOf({ location = 'https://git.example.test/acme/state.git', data = app, forgeToken, unreadable }: Given) {
  const forge = { kind: 'GitHub', url: 'https://api.example.test', secretRef: { name: 'app' } };
  const secret = { data: new Map(Object.entries(data)), labels: {}, annotations: {}, type: 'Opaque' };
  const cluster = { secret: () => (unreadable === undefined ? Promise.resolve(secret) : Promise.reject(unreadable)) };
  const sources = {
    inputs: { cluster, integration: integration({ git: { url: location, forge } }) },
    location,
    rule: () => Promise.resolve({ namespace: 'quayside' }),
    configuration: { forgeToken, environment: {} },
  };
  return appLogin(sources as unknown as AppSources);
}

test('F33 the token of a GitHub App is not shown to a Git server on another host than its API', async () => {
  const given = await loginOf({});
  const login = given !== undefined && 'login' in given ? given.login() : Promise.resolve();
  await expect(login).rejects.toMatchObject({
    code: 'CredentialsMissing',
    message: expect.stringContaining('api.example.test'),
  });
});

test('F33 Git has no login of an App over SSH, beside a token, or where nobody may read it', async () => {
  expect(await loginOf({ location: 'ssh://git@git.example.test/acme/state.git' })).toBeUndefined();
  expect(await loginOf({ data: { ...app, token: 'a token' } })).toBeUndefined();
  expect(await loginOf({ forgeToken: 'by hand' })).toBeUndefined();
  expect(await loginOf({ unreadable: new TerminalError('ClusterAccessForbidden', 'no') })).toBeUndefined();
  await expect(loginOf({ unreadable: new TerminalError('ClusterUnreachable', 'no') })).rejects.toThrow('no');
});
