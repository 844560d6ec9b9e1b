import { expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { generate } from 'selfsigned';
import { leafOf, pairOf } from '../../src/certs/pair.js';

const names = [{ name: 'commonName', value: 'hook' }];
const altNames = [{ type: 2 as const, value: 'hook.home.svc' }];
const extensions = [{ name: 'subjectAltName' as const, altNames }];

test('S13 a pair whose key is too short for TLS is no good pair, although key and certificate fit', async () => {
  const { cert, private: key } = await generate(names, { keySize: 1024, algorithm: 'sha256', extensions });
  expect(leafOf(['hook.home.svc'], cert, key)).toMatchObject({
    state: 'Broken',
    why: expect.stringMatching(/^TLS refuses it: .*key too small/),
  });
});

test('S13 neither is one that sends a CA along whose key is too short', async () => {
  const { cert, private: key } = await generate(names, { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' });
  const weak = await generate(names, { keySize: 1024, algorithm: 'sha256' });
  expect(pairOf(cert, key)).toMatchObject({ state: 'Good' });
  expect(pairOf(`${cert}\n${weak.cert}`, key)).toMatchObject({
    state: 'Broken',
    why: expect.stringMatching(/^TLS refuses it: .*key too small/),
  });
});

test('S13 the reason never repeats the key', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(JSON.stringify(pairOf('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', key))).not.toContain(
    'MII',
  );
});
