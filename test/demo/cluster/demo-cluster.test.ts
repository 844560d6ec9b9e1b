import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { demoCluster, demoCredentials, demoIntegration, writeCluster } from '../../../src/demo/cluster/index.js';
import { clusterFromFiles } from '../../../src/kube/index.js';

const folder = mkdtempSync(join(tmpdir(), 'quayside-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the cluster of the demo', () => {
  test('is the same every time, and the dump too', async () => {
    expect(demoCluster()).toEqual(demoCluster());
    const first = readFileSync(await writeCluster(folder, demoCluster()), 'utf8');
    expect(readFileSync(await writeCluster(join(folder, 'new'), demoCluster()), 'utf8')).toBe(first);
    expect(first).toMatch(
      /^apiVersion: v1\nitems:\n- apiVersion: v1\n {2}kind: Namespace\n[^]*\nkind: List\nmetadata:\n {2}resourceVersion: ""\n$/,
    );
  });

  test('reads back as what it is: an OpenShift with projects of every sort', async () => {
    const objects = [...demoCluster(), demoIntegration('https://quay.example.com:8443'), demoCredentials('t0ken')];
    const cluster = await clusterFromFiles([await writeCluster(join(folder, 'whole'), objects)]);
    const { uid, namespaces, imageStreams, hasBuildApis } = await cluster.snapshot();
    if (!namespaces.known || !imageStreams.known) throw new Error('nothing of it should be unknown');
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(hasBuildApis).toBe(true);
    expect(namespaces.items.filter(({ terminating }) => terminating).map(({ name }) => name)).toEqual([
      'spring-campaign',
    ]);
    const waiting = namespaces.items.filter(
      ({ annotations }) =>
        annotations['openshift.io/display-name'] !== undefined && annotations['openshift.io/sa.scc.mcs'] === undefined,
    );
    expect(waiting.map(({ name }) => name)).toEqual(['workshop']);
    expect(namespaces.items.some(({ name }) => name.includes('--'))).toBe(true);
    expect(imageStreams.items).toContainEqual(
      expect.objectContaining({ namespace: 'e2e-demo', name: 'httpd-example' }),
    );
    expect(imageStreams.items).toContainEqual(expect.objectContaining({ namespace: 'openshift', name: 'httpd' }));
    const [integration] = await cluster.integrations();
    expect(integration?.spec.quayHostname).toBe('https://quay.example.com:8443');
    const { namespace = '', name = '' } = integration?.spec.credentialsSecret ?? {};
    expect((await cluster.secret(namespace, name))?.data.get('token')).toBe('t0ken');
  });

  const library = process.env.OPENSHIFT_LIBRARY ?? '';
  const realLibrary = existsSync(library) ? test : test.skip;
  realLibrary("names image streams and tags that OpenShift's library has (OPENSHIFT_LIBRARY)", () => {
    const real = new Map<string, unknown>();
    for (const file of readdirSync(library).filter((name) => name.includes('.imagestream.'))) {
      const object = JSON.parse(readFileSync(join(library, file), 'utf8')) as Stream & { items?: Stream[] };
      for (const stream of object.items ?? [object]) real.set(stream.metadata.name, tagsOf(stream));
    }
    const ours = (demoCluster() as Stream[]).filter(
      ({ kind, metadata }) => kind === 'ImageStream' && metadata.namespace === 'openshift',
    );
    expect(ours.length).toBeGreaterThan(4);
    for (const stream of ours) expect(real.get(stream.metadata.name)).toEqual(expect.arrayContaining(tagsOf(stream)));
  });
});

interface Stream {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: { readonly tags?: readonly { readonly name: string; readonly from: { readonly name: string } }[] };
}

const tagsOf = ({ spec }: Stream): string[] => (spec.tags ?? []).map(({ name, from }) => `${name} ${from.name}`);
