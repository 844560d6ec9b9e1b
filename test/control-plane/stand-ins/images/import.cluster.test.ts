import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SharedControlPlane } from '../../control-plane.js';
import { createNamespace } from '../../namespace.js';
import { sharedControlPlane } from '../../shared.js';
import type { Answer } from '../front/api.js';
import { installStandIns } from '../install.js';
import { type Importer } from './importers.js';
import { type OpenShift, startOpenShift } from '../openshift.js';
import { type Person, person } from '../scene.js';
import { failures } from './registry.js';
import type { Stream } from './stream.js';

let controlPlane: SharedControlPlane;
let openshift: OpenShift;
let namespace: string;
let importer: Importer;
let admin: Person;
const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const from = { kind: 'DockerImage', name: 'quay.example.test/shop/web:latest' };

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  await installStandIns(controlPlane);
  openshift = await startOpenShift(controlPlane, { times: { answer: 100, patience: 500 } });
  namespace = await createNamespace(controlPlane, 'import');
  importer = openshift.adopt(namespace);
  admin = person(controlPlane, openshift, namespace);
});
afterAll(() => openshift.stop());
beforeEach(() => importer.answer({ digest: digest('a') }));

const ask = (name: string, metadata: object = {}, image: object = {}, by = admin): Promise<Answer> => {
  const one = { from, to: { name: 'latest' }, importPolicy: {}, referencePolicy: { type: 'Source' }, ...image };
  return by.create('imagestreamimports', {
    metadata: { name, ...metadata },
    spec: { import: true, images: [one] },
    status: {},
  });
};
const stream = (name: string): Promise<Stream> => admin.get<Stream>('imagestreams', name);
const made = async (name: string, tags: readonly object[] = []): Promise<string> => {
  const { body } = await admin.create('imagestreams', { metadata: { name }, spec: { tags } });
  return (body.metadata as { resourceVersion: string }).resourceVersion;
};

test('an import is answered, writes the stream, and is not kept', async () => {
  await made('kept');
  const { status, body } = await ask('kept');
  expect(status).toBe(201);
  expect(body.status).toMatchObject({
    images: [{ status: { status: 'Success' }, image: { metadata: { name: digest('a') } } }],
  });
  expect((await stream('kept')).status?.tags).toMatchObject([{ tag: 'latest', items: [{ image: digest('a') }] }]);
  expect(await controlPlane.kubectl(['get', 'imagestreamimports', '-n', namespace, '-o', 'name'])).toBe('');
});

test('the API server itself says who may import, and writes it down', async () => {
  const token = await controlPlane.tokenFor({ namespace, name: 'default' });
  const { status, body } = await ask('kept', {}, {}, person(controlPlane, openshift, namespace, token));
  expect([status, body.reason]).toEqual([403, 'Forbidden']);
  expect((await ask('kept', {}, {}, person(controlPlane, openshift, namespace, 'guessed'))).status).toBe(401);
  const counts = await controlPlane.audit.counts({ userAgent: 'person', namespace, resource: 'imagestreamimports' });
  expect(counts).toEqual({ 'create imagestreamimports': expect.any(Number) });
});

describe('of a stream', () => {
  test('the UID does not matter: another one is imported into, one that is gone is made', async () => {
    await made('uid');
    const uid = '00000000-0000-0000-0000-000000000000';
    expect((await ask('uid', { uid })).status).toBe(201);
    expect((await ask('uid-gone', { uid })).status).toBe(201);
    expect((await stream('uid-gone')).status?.tags).toHaveLength(1);
  });

  test('an old resource version is a conflict, and with any a stream that is gone is not found', async () => {
    const resourceVersion = await made('old');
    await admin.merge('imagestreams', 'old', { metadata: { labels: { a: 'b' } } });
    expect(await ask('old', { resourceVersion })).toMatchObject({ status: 409, body: { reason: 'Conflict' } });
    expect(await ask('old-gone', { resourceVersion })).toMatchObject({ status: 404, body: { reason: 'NotFound' } });
    const { metadata } = await stream('old');
    expect((await ask('old', { resourceVersion: metadata.resourceVersion })).status).toBe(201);
  });

  test('of two imports at once one is a conflict', async () => {
    await made('twice');
    let other: Answer | undefined;
    importer.meanwhile(async () => (other = await ask('twice', {}, { to: { name: 'other' } })));
    expect((await ask('twice')).status).toBe(409);
    expect(other?.status).toBe(201);
  });

  test('the import policy of a tag is overwritten, its reference policy is not', async () => {
    const importPolicy = { importMode: 'PreserveOriginal', scheduled: true };
    await made('policy', [{ name: 'latest', from, importPolicy, referencePolicy: { type: 'Local' } }]);
    await ask('policy', {}, { importPolicy: { importMode: 'Legacy' } });
    expect((await stream('policy')).spec?.tags).toMatchObject([
      { importPolicy: { importMode: 'Legacy' }, referencePolicy: { type: 'Local' } },
    ]);
    expect((await stream('policy')).spec?.tags?.[0]?.importPolicy).not.toHaveProperty('scheduled');
  });

  test('a list of images stays one only where that is asked for', async () => {
    importer.answer({ digest: digest('b'), ofList: { amd64: digest('c') } });
    await ask('list');
    expect((await stream('list')).status?.tags?.[0]?.items?.[0]?.image).toBe(digest('c'));
    await ask('list', {}, { importPolicy: { importMode: 'PreserveOriginal' } });
    expect((await stream('list')).status?.tags?.[0]?.items?.[0]?.image).toBe(digest('b'));
  });

  test.each([
    ['the repository is for others', failures.unauthorized, 'Unauthorized', 401, /may not have access/],
    ['the token is bad', failures.badToken, 'InternalError', 500, /unauthorized:/],
    ['the registry is slow', 'slow', 'InternalError', 500, /context deadline exceeded/],
  ] as const)('a tag and a condition are written when %s', async (_, outcome, reason, code, message) => {
    importer.answer(outcome);
    const name = `failed-${reason.toLowerCase()}-${message.source.length}`;
    const { status, body } = await ask(name);
    const failure = { status: 'Failure', reason, code, message: expect.stringMatching(message) };
    expect([status, body.status]).toMatchObject([201, { images: [{ status: failure }] }]);
    const { spec, status: written } = await stream(name);
    expect(spec?.tags).toMatchObject([{ name: 'latest', from }]);
    expect(written?.tags).toMatchObject([
      { tag: 'latest', conditions: [{ type: 'ImportSuccess', status: 'False', reason }] },
    ]);
  });

  test.each([
    ['allowed', 'notAllowed', /not allowed by whitelist/],
    ['below its limit', 'limit', /exceeds the maximum limit/],
  ] as const)('nothing is written where it is not %s', async (_, outcome, message) => {
    importer.answer(outcome);
    await made(outcome.toLowerCase());
    const { status, body } = await ask(outcome.toLowerCase());
    expect([status, body.reason, body.message]).toEqual([422, 'Invalid', expect.stringMatching(message)]);
    expect((await stream(outcome.toLowerCase())).status?.tags).toBeUndefined();
  });

  test.each([['a--b'], ['-a'], ['a_'], ['Shop']])('the name %s is none', async (name) => {
    expect((await admin.create('imagestreams', { metadata: { name } })).status).toBe(422);
  });
});
