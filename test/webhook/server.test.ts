import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Situation } from '../../src/builds/index.js';
import { build } from '../fixtures/builds/decisions.js';
import { reviewed, reviewOf } from '../fixtures/admission/review.js';
import { serve, type Serving } from './serving.js';

let serving: Serving;
beforeAll(async () => {
  serving = await serve();
});
afterAll(() => serving.close());

/** What comes back for raw bytes after a handshake, until the server ends the connection. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: serving.server.port, host: '127.0.0.1', ca: serving.certificates.ca });
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.once('secureConnect', () => socket.write(bytes));
    socket.once('close', () => resolve(text));
    socket.once('error', reject);
  });
}

describe('a review', () => {
  test('is answered with a patch, under its uid', async () => {
    const { status, headers, body } = await serving.post(reviewOf(build()));
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toMatchObject({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' });
    expect(reviewed(body)).toMatchObject({
      uid: '0df28fbd-5f5f-11e8-bc74-36e6bb280816',
      allowed: true,
      patchType: 'JSONPatch',
      auditAnnotations: { decision: 'Rewritten' },
    });
  });

  test('carries the warning of a Build that is left as it is', async () => {
    const { body } = await serving.post(reviewOf(build('a/b:1')));
    expect(reviewed(body)).toMatchObject({
      allowed: true,
      warnings: [expect.stringMatching(/^Not pushed to Quay: spec\.output\.to\.name/)],
    });
    // All that is done to it is to write that down.
    expect(reviewed(body).patch?.map(({ path }) => path)).toEqual(['/metadata/annotations']);
  });

  test.each([
    ['an update', { operation: 'UPDATE' }],
    ['a deletion', { operation: 'DELETE', object: null }],
    ['another kind', { resource: { group: 'apps', version: 'v1', resource: 'deployments' } }],
    ['a part of a Build', { subResource: 'status' }],
    ['no object', { object: undefined }],
    ['no namespace', { namespace: undefined }],
  ])('of %s is allowed and changes nothing', async (_, more) => {
    const { status, body } = await serving.post(reviewOf(build(), more));
    expect(status).toBe(200);
    expect(reviewed(body)).toEqual({
      uid: expect.any(String),
      allowed: true,
      auditAnnotations: { decision: 'Unchanged', reason: 'NotABuild' },
    });
  });

  test('in a dry run is answered like any other', async () => {
    expect(reviewed((await serving.post(reviewOf(build(), { dryRun: true }))).body).patch).toBeDefined();
  });

  test('with 10,000 annotations is answered', async () => {
    const annotations = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`example.test/${at}`, 'x'.repeat(50)]),
    );
    const { body } = await serving.post(reviewOf(build('a:1', { metadata: { annotations } })));
    expect(reviewed(body).patch).toHaveLength(4);
  });
});

describe('what is no review gets a clean answer', () => {
  const review = reviewOf(build());
  test.each<[string, string | object, number, RegExp]>([
    ['an empty body', '', 400, /the body is empty/],
    ['no JSON', '{"kind":', 400, /not JSON/],
    ['a list', '[]', 400, /no AdmissionReview/],
    ['another kind', { ...review, kind: 'Review' }, 400, /no AdmissionReview/],
    ['an old version', { ...review, apiVersion: 'admission.k8s.io/v1beta1' }, 400, /only admission\.k8s\.io\/v1 /],
    ['no request', { ...review, request: undefined }, 400, /no request/],
    ['no uid', reviewOf(build(), { uid: undefined }), 400, /no uid/],
    ['a body of 3 MB', 'x'.repeat(3 * 1024 * 1024 + 1), 413, /at most 3145728 bytes/],
  ])('%s', async (_, body, status, words) => {
    const reply = await serving.post(body);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatch(words);
  });

  test('another content type, method or path', async () => {
    expect((await serving.post(review, { type: 'text/plain' })).status).toBe(415);
    expect((await serving.post(review, { type: 'application/jsonp' })).status).toBe(415);
    expect((await serving.post(review, { type: 'application/json; charset=utf-8' })).status).toBe(200);
    const put = await serving.post(review, { method: 'PUT' });
    expect([put.status, put.headers.allow]).toEqual([405, 'POST']);
    expect((await serving.post(review, { path: '/' })).status).toBe(404);
  });

  test('a body that is longer than it said it would be', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const head =
      'POST /admissionwebhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n';
    const answer = await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(49)}0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('bytes that are no HTTP', async () => {
    expect(await raw('\x00\x01\x02 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('a client that never ends is disconnected after some seconds', async () => {
    const answer = await raw(
      'POST /admissionwebhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('a client without TLS is disconnected', async () => {
    const ended = new Promise<string>((resolve) => {
      const socket = connectTcp(serving.server.port, '127.0.0.1');
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      socket.on('error', () => undefined).once('close', () => resolve(text));
      socket.write('POST /admissionwebhook HTTP/1.1\r\nHost: x\r\n\r\n');
    });
    expect(await ended).not.toContain('HTTP');
    expect((await serving.post(review)).status).toBe(200);
  });

  test('and none of it was a fault of ours', () => {
    expect(serving.faults).toEqual([]);
  });
});

describe('the certificate', () => {
  test('is another one at once, on the connections that come after', async () => {
    const own = await serve();
    try {
      expect((await own.post(reviewOf(build()))).status).toBe(200);
      const former = own.certificates.ca;
      await own.rotate();
      expect(own.certificates.ca).not.toBe(former);
      expect((await own.post(reviewOf(build()))).status).toBe(200);
    } finally {
      await own.close();
    }
  });
});

describe('a server that ends', () => {
  test('first sends its clients elsewhere, then finishes what it has and takes no more', async () => {
    let asked = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (asked = resolve));
    const situation = (): Situation => {
      asked();
      return { unknown: 'nothing has been listed yet' };
    };
    const own = await serve({ situation, wait: 700 });
    const answer = own.post(reviewOf(build()));
    await waiting;
    own.server.drain();
    const between = await own.post(reviewOf(build(), { operation: 'UPDATE' }));
    expect([between.status, between.headers.connection]).toEqual([200, 'close']);
    const closed = own.server.close();
    expect(reviewed((await answer).body)).toMatchObject({ allowed: true, warnings: [expect.stringMatching(/listed/)] });
    await closed;
    await expect(own.post(reviewOf(build()))).rejects.toThrow(/ECONNREFUSED/);
  });
});
