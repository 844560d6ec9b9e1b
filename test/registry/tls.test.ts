import { beforeAll, describe, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { checkPair } from '../../src/registry/tls/index.js';

const now = new Date('2026-06-01T00:00:00Z');
const day = 86_400_000;

interface Pair {
  readonly cert: string;
  readonly private: string;
}

interface Wanted {
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly ca?: Pair;
  readonly isCa?: boolean;
}

async function made(name: string, wanted: Wanted = {}): Promise<Pair> {
  const { names = [], addresses = [], from = -1, to = 100, ca, isCa = false } = wanted;
  const altNames = [
    ...names.map((value) => ({ type: 2 as const, value })),
    ...addresses.map((ip) => ({ type: 7 as const, ip })),
  ];
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() + from * day),
    notAfterDate: new Date(now.getTime() + to * day),
    extensions: [
      { name: 'basicConstraints', cA: isCa },
      ...(altNames.length === 0 ? [] : [{ name: 'subjectAltName' as const, altNames }]),
    ],
    ...(ca && { ca: { cert: ca.cert, key: ca.private } }),
  });
}

describe('a certificate and its key', () => {
  let good: Pair, other: Pair, authority: Pair, signed: Pair;
  beforeAll(async () => {
    [good, other, authority] = await Promise.all([
      made('q', { names: ['quay.example.com', '*.apps.example.com'], addresses: ['192.0.2.10'] }),
      made('o', { names: ['quay.example.com'] }),
      made('ca', { isCa: true }),
    ]);
    signed = await made('s', { names: ['quay.example.com'], ca: authority });
  });

  const check = (pair: { cert?: string; private?: string }, hostnames = ['quay.example.com']): string[] =>
    checkPair({
      object: 'Secret/bundle',
      paths: { certificate: 'ssl.cert', key: 'ssl.key' },
      certificate: pair.cert,
      key: pair.private,
      hostnames,
      now,
    }).map(({ path, message, severity }) => `${severity} ${path}: ${message}`);

  test('K38 names, wildcards and addresses among the alternative names are covered', () => {
    expect(check(good, ['quay.example.com', 'builds.apps.example.com', '192.0.2.10'])).toEqual([]);
    expect(check(good, ['quay.example.com', 'other.example.com', 'a.b.apps.example.com', '192.0.2.11'])).toEqual([
      'error ssl.cert: is not for other.example.com',
      'error ssl.cert: is not for a.b.apps.example.com',
      'error ssl.cert: is not for 192.0.2.11',
    ]);
  });

  test('K38 a common name alone is not enough', async () => {
    expect(check(await made('quay.example.com'))).toEqual(['error ssl.cert: has only a common name']);
  });

  test('K38 a key of another certificate is a fault', () => {
    expect(check({ cert: good.cert, private: other.private })).toEqual([
      'error ssl.key: does not belong to the certificate',
    ]);
  });

  test('W7 half of a pair is a fault', () => {
    expect(check({ cert: good.cert })).toEqual(['error ssl.key: is missing beside ssl.cert']);
    expect(check({ private: good.private })).toEqual(['error ssl.cert: is missing beside ssl.key']);
    expect(check({})).toEqual([]);
  });

  test('W9 expired and not yet valid certificates are faults, one that ends soon is a warning', async () => {
    const names = ['quay.example.com'];
    const [old, young, soon] = await Promise.all([
      made('q', { names, from: -20, to: -2 }),
      made('q', { names, from: 3 }),
      made('q', { names, to: 5 }),
    ]);
    expect(check(old)).toEqual(['error ssl.cert: expired on 2026-05-30 (CN=q)']);
    expect(check(young)).toEqual(['error ssl.cert: is not valid before 2026-06-04 (CN=q)']);
    expect(check(soon)).toEqual(['warning ssl.cert: expires in 5 days (CN=q)']);
  });

  test('K38 a chain is in order: the certificate of the server, then what signed it', async () => {
    expect(check({ cert: `${signed.cert}\n${authority.cert}`, private: signed.private })).toEqual([]);
    expect(check({ cert: `${authority.cert}\n${signed.cert}`, private: signed.private })).toContain(
      'error ssl.cert: has the certificate of this key behind others',
    );
    expect(check({ cert: `${signed.cert}\n${other.cert}`, private: signed.private })).toEqual([
      'error ssl.cert: has a chain out of order behind certificate 1',
    ]);
    const namesake = await made('ca', { isCa: true });
    expect(check({ cert: `${signed.cert}\n${namesake.cert}`, private: signed.private })).toEqual([
      'error ssl.cert: has a chain out of order behind certificate 1',
    ]);
  });

  test('K38 what is no PEM is a fault', () => {
    expect(check({ cert: 'nonsense', private: good.private })).toEqual(['error ssl.cert: holds no certificate']);
    expect(check({ cert: good.cert, private: 'nonsense' })).toEqual(['error ssl.key: is no private key']);
    expect(check({ cert: 'nonsense', private: 'nonsense' })).toEqual([
      'error ssl.cert: holds no certificate',
      'error ssl.key: is no private key',
    ]);
    const broken = good.cert.replace(/\nM[A-Za-z0-9]{4}/, '\n!!!!!');
    expect(check({ cert: broken, private: good.private })[0]).toMatch(
      /ssl.cert: holds a certificate that cannot be read/,
    );
  });
});
