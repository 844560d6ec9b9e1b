import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { dump as yaml } from 'js-yaml';
import { clusterFromFiles } from '../../../src/kube/index.js';
import { refusing, type Target } from '../target.js';

const objects = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: 'c1' } },
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { a: 'b' } },
      status: { phase: 'Active' },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'builder', namespace: 'shop' } },
    { apiVersion: 'image.openshift.io/v1', kind: 'ImageStream', metadata: { name: 'web', namespace: 'shop' } },
  ],
};

/** Dumps of a cluster. */
export function dump(): Promise<Target> {
  return Promise.resolve({
    seeds: [
      yaml(objects),
      JSON.stringify(objects),
      JSON.stringify(objects, null, 4),
      gzipSync(yaml(objects)).toString('latin1'),
    ],
    feed: (input) =>
      refusing(async () => {
        const cluster = await clusterFromFiles(['-'], { stdin: Readable.from(chunks(input)) });
        await cluster.snapshot();
        await cluster.integrations();
      }),
  });
}

function chunks(input: Buffer): readonly Buffer[] {
  const size = 1 + (input.length % 97);
  return Array.from({ length: Math.ceil(input.length / size) }, (_, at) => input.subarray(at * size, (at + 1) * size));
}
