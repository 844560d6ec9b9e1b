import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { QuaysideError } from '../../src/errors/index.js';
import { resourceTypes } from '../../src/kube/resource-type.js';
import { applyObject } from '../../src/kube/write/apply.js';
import { removeFinalizers } from '../../src/kube/write/finalizers.js';
import { linkPullSecret } from '../../src/kube/write/pull-secret-link.js';
import { clientAt } from '../support/client-at.js';
import { fakeApiServer, notFound, type Reply } from '../support/fake-api-server.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const named = { namespace: 'shop', name: 'builder' };
const secret = { metadata: { namespace: 'shop', name: 'builder-quay' }, type: 'kubernetes.io/dockerconfigjson' };
const account = { metadata: { ...named, resourceVersion: '7' } };

/** A client of an API server that reads as it should and answers every write like this. */
async function answering(write: Reply) {
  const server = await fakeApiServer((path, _, { method }) => {
    if (method !== 'GET') return write;
    return path.includes('/serviceaccounts/') ? [200, account] : notFound;
  });
  const client = clientAt(server.kubeconfig);
  open.push(client, server);
  return client;
}

describe('Q15 a pull secret that could not be written is no success', () => {
  const status = (code: number, reason: string): Reply => [code, { kind: 'Status', reason, message: reason }];
  const answers: [string, Reply][] = [
    ['forbidden', status(403, 'Forbidden')],
    ['invalid', status(422, 'Invalid')],
    ['in conflict', status(409, 'Conflict')],
    ['too much', status(429, 'TooManyRequests')],
    ['an error', status(500, 'InternalError')],
    ['not served', [503, 'service unavailable']],
    ['a page of somebody else', [404, '<html>404</html>']],
  ];

  test.each(answers)('Q15 when the API server says that it is %s', async (_, write) => {
    const client = await answering(write);
    const applied = applyObject(client, { type: resourceTypes.secret, object: secret, manager: 'quayside' });
    await expect(applied).rejects.toBeInstanceOf(QuaysideError);
  });

  // A conflict is tried again, with a fresh look, twenty times.
  test.each(answers.filter(([name]) => name !== 'in conflict'))(
    'Q15 nor is a service account that could not be linked: %s',
    async (_, write) => {
      const client = await answering(write);
      const link = { namespace: 'shop', serviceAccount: 'builder', secret: 'builder-quay', linked: true };
      await expect(linkPullSecret(client, { ...link, manager: 'quayside' })).rejects.toBeInstanceOf(QuaysideError);
    },
  );
});

test('Q37 what is installed names no version of an API that clusters have given up', () => {
  const dist = resolve(import.meta.dirname, '../../dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  expect(files).not.toEqual([]);
  const versions = files.flatMap((name) =>
    [...readFileSync(join(dist, name), 'utf8').matchAll(/^apiVersion: (\S+)$/gm)].map(([, version = '']) => version),
  );
  const foreign = versions.filter(
    (version) => !/^"?(quayside\.dev|quay\.redhat\.com|redhatcop\.redhat\.io)\//.test(version),
  );
  // These two never had another version.
  const onlyVersions = ['argoproj.io/v1alpha1', 'operators.coreos.com/v1alpha1'];
  const given = foreign.filter((version) => /(alpha|beta)\d/.test(version) && !onlyVersions.includes(version));
  expect(given).toEqual([]);
});

test('Q41 finalizers are taken from the metadata, never from the spec of a namespace', () => {
  const namespace = { metadata: { finalizers: ['ours'] }, spec: { finalizers: ['kubernetes', 'ours'] } };
  expect(removeFinalizers(namespace, ['ours']).map(({ path }) => path)).toEqual(['/metadata/finalizers/0']);
});
