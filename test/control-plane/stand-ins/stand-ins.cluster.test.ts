import { beforeAll, expect, test } from '@jest/globals';
import type { SharedControlPlane } from '../control-plane.js';
import { createNamespace } from '../namespace.js';
import { sharedControlPlane } from '../shared.js';
import { libraryObjects } from './library.js';

let controlPlane: SharedControlPlane;
let namespace: string;
beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  namespace = await createNamespace(controlPlane);
});

async function create(object: object): Promise<Record<string, unknown>> {
  const args = ['create', '--namespace', namespace, '-f', '-', '-o', 'json'];
  return JSON.parse(await controlPlane.kubectl(args, { input: JSON.stringify(object) })) as Record<string, unknown>;
}

async function patch(object: string, subresource: readonly string[], change: object): Promise<Record<string, unknown>> {
  const args = ['patch', object, ...subresource, '--type=merge', '-p', JSON.stringify(change), '-n', namespace];
  return JSON.parse(await controlPlane.kubectl([...args, '-o', 'json'])) as Record<string, unknown>;
}

const source = {
  source: { type: 'Git', git: { uri: 'https://git.example.test/httpd.git' } },
  strategy: { type: 'Source', sourceStrategy: { from: { kind: 'ImageStreamTag', name: 'httpd:2.4' }, env: [] } },
  output: { to: { kind: 'ImageStreamTag', name: 'httpd:latest' } },
};

test('a build keeps what OpenShift would keep, and its phase can be written', async () => {
  const build = { apiVersion: 'build.openshift.io/v1', kind: 'Build', metadata: { name: 'httpd-1' } };
  expect(await create({ ...build, spec: { ...source, triggeredBy: null } })).toMatchObject({ spec: source });
  const status = { phase: 'Complete', output: { to: { imageDigest: `sha256:${'0'.repeat(64)}` } } };
  expect(await patch('build/httpd-1', [], { status })).toMatchObject({ status });
});

test('a build without a strategy is refused', async () => {
  const build = { apiVersion: 'build.openshift.io/v1', kind: 'Build', metadata: { name: 'none' }, spec: {} };
  await expect(create(build)).rejects.toThrow('spec.strategy');
});

test('a build configuration keeps what OpenShift would keep', async () => {
  const config = { apiVersion: 'build.openshift.io/v1', kind: 'BuildConfig', metadata: { name: 'httpd' } };
  const spec = { ...source, runPolicy: 'Serial', triggers: [{ type: 'ConfigChange' }, { type: 'ImageChange' }] };
  expect(await create({ ...config, spec })).toMatchObject({ spec });
});

test('an image stream keeps its tags, and its status is written apart', async () => {
  const stream = { apiVersion: 'image.openshift.io/v1', kind: 'ImageStream', metadata: { name: 'httpd' } };
  const tags = [
    {
      name: '2.4',
      from: { kind: 'DockerImage', name: 'registry.example.test/httpd:2.4' },
      referencePolicy: { type: 'Local' },
    },
  ];
  const status = { dockerImageRepository: `registry.example.test/${namespace}/httpd` };
  const created = await create({ ...stream, spec: { lookupPolicy: { local: false }, tags }, status });
  expect(created).toMatchObject({ spec: { tags } });
  expect(created.status).toBeUndefined();
  expect(await patch('imagestream/httpd', ['--subresource=status'], { status })).toMatchObject({ status });
});

// Without OPENSHIFT_LIBRARY there is nothing to try.
const library = process.env.OPENSHIFT_LIBRARY;
(library ? test : test.skip).each(['ImageStream', 'BuildConfig'])(
  'every %s that OpenShift ships is accepted as it is',
  async (kind) => {
    const items = libraryObjects(library ?? '', kind);
    expect(items.length).toBeGreaterThan(10);
    const numbered = items.map((item, index) => ({ ...item, metadata: { ...item.metadata, name: `of-${index}` } }));
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: numbered });
    const args = ['create', '--dry-run=server', '--validate=strict', '-n', namespace, '-o', 'json', '-f', '-'];
    const output = await controlPlane.kubectl(args, { input });
    const kept = output.split(/\n(?=\{)/).map((text) => JSON.parse(text) as { spec: unknown });
    expect(kept.map(({ spec }) => spec)).toEqual(items.map(({ spec }) => spec));
  },
);
