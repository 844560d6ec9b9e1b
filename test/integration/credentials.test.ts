import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import {
  certificateAuthority,
  type CredentialsRule,
  openConnection,
  quayToken,
  type SecretSource,
  type SecretStore,
} from '../../src/integration/index.js';
import { dumpFolder } from '../fixtures/dump.js';
import { integration, store } from '../fixtures/integration.js';

const write = dumpFolder();
const rule: CredentialsRule = { namespace: 'quay', namespaces: ['quay'], uses: [] };
const from = (secrets: SecretStore): SecretSource => ({ store: secrets, rule: () => Promise.resolve(rule) });
const canary = 'c4n4ryT0ken';
const filled = from(store({ 'quay/token': { token: `${canary}\n`, other: 'an0ther-one' } }));

describe('the token', () => {
  test('comes from the Secret, under the key that the integration names', async () => {
    expect((await quayToken(integration(), { secrets: filled })).reveal()).toBe(canary);
    const named = integration({ credentialsSecret: { namespace: 'quay', name: 'one', key: 'other' } });
    const other = from(store({ 'quay/one': { other: 'an0ther-one' } }));
    expect((await quayToken(named, { secrets: other })).reveal()).toBe('an0ther-one');
  });

  test('comes from the file before the environment, and from there before the Secret', async () => {
    const file = write('token', 'from-file\r\n');
    const sources = { secrets: filled, environment: 'from-environment', file };
    expect((await quayToken(integration(), sources)).reveal()).toBe('from-file');
    expect((await quayToken(integration(), { ...sources, file: undefined })).reveal()).toBe('from-environment');
    expect((await quayToken(integration(), { secrets: filled, environment: '' })).reveal()).toBe(canary);
  });

  test.each([
    [store({}), 'there is no Secret quay/token', 'Create it in the namespace quay, with the key token.'],
    [store({ 'quay/token': { b: canary, a: canary } }), 'Secret quay/token has no key token', 'It has a, b.'],
    [store({ 'quay/token': {} }), 'Secret quay/token has no key token', 'It has no keys at all.'],
    [store({ 'quay/token': { token: ' \n' } }), 'Secret quay/token has nothing under the key token', undefined],
    [
      store({ 'quay/token': { token: `two ${canary}` } }),
      'Secret quay/token holds something that is no token',
      expect.any(String),
    ],
    [undefined, 'the Secret quay/token is in the cluster, which is not read', expect.any(String)],
  ])('that is missing says what is there (%#)', async (source, message, hint) => {
    const error: unknown = await quayToken(integration(), { secrets: source && from(source) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'CredentialsMissing', message, hint });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
  });

  test('in a file that is empty or not there', async () => {
    await expect(quayToken(integration(), { file: write('empty', '\n') })).rejects.toThrow('empty is empty');
    await expect(quayToken(integration(), { file: '/nowhere/token' })).rejects.toMatchObject({
      code: 'CredentialsMissing',
    });
  });
});

describe('the certificate authority', () => {
  const named = (kind: string) => integration({ certificateAuthority: { [kind]: { namespace: 'quay', name: 'ca' } } });

  test('comes from a ConfigMap, a Secret or a file, without any private key beside it', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'ca' }]);
    const pem = `# first\n${cert}\n${key}\n${cert}`;
    const expected = `${cert.trim()}\n${cert.trim()}\n`.replaceAll('\r\n', '\n');
    const plain = (text?: string) => text?.replaceAll('\r\n', '\n');
    const authorities = store({ 'quay/ca': { 'ca.crt': pem } }, { 'quay/ca': { 'ca.crt': pem } });
    for (const kind of ['configMap', 'secret']) {
      expect(plain(await certificateAuthority(named(kind), { store: authorities }))).toBe(expected);
    }
    expect(plain(await certificateAuthority(integration(), { file: write('ca.pem', pem) }))).toBe(expected);
  });

  test('is not needed, but a named one has to be there and to be one', async () => {
    expect(await certificateAuthority(integration(), { store: store({}) })).toBeUndefined();
    await expect(certificateAuthority(named('secret'), { store: store({}) })).rejects.toThrow(
      'there is no Secret quay/ca',
    );
    const text = store({}, { 'quay/ca': { 'ca.crt': 'no PEM' } });
    await expect(certificateAuthority(named('configMap'), { store: text })).rejects.toThrow('holds no PEM certificate');
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    await expect(certificateAuthority(integration(), { file: write('bad.pem', broken) })).rejects.toMatchObject({
      code: 'CertificateAuthorityInvalid',
      message: expect.stringContaining('certificate 1 in '),
    });
  });
});

test('the connection is made of both, and of the address', async () => {
  const connection = await openConnection(integration({ quayHostname: 'quay.example.com:8443' }), { token: canary });
  expect(connection).toEqual({ url: 'https://quay.example.com:8443', token: expect.any(Function) });
  expect(connection.token()).toBe(canary);
  expect(inspect(connection, { depth: 9 })).not.toContain(canary);
  const insecure = await openConnection(integration({ insecureRegistry: true }), { token: canary });
  expect(insecure.insecure).toBe(true);
  const wrong = openConnection(integration({ quayHostname: 'https://quay.example.com/path' }), {});
  await expect(wrong).rejects.toMatchObject({ code: 'InvalidHostname' });
});
