import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { imageStream, kubeSystem, project, Fixture } from '../support/quayside.js';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(async () => fixture.close());

const image = 'must-gather.local.42/quay-io-openshift-release-sha256-1';

/** What the two commands leave in a folder: objects, and between them the answers of other programs. */
async function gather(
  folder: string,
  namespaces: readonly string[],
  more: Record<string, unknown> = {},
): Promise<void> {
  const files: Record<string, unknown> = {
    [`${folder}/namespaces/kube-system/kube-system.yaml`]: kubeSystem,
    ...Object.fromEntries(
      namespaces.flatMap((name): [string, unknown][] => [
        [`${folder}/namespaces/${name}/${name}.yaml`, project(name)],
        [
          `${folder}/namespaces/${name}/image.openshift.io/imagestreams.yaml`,
          { apiVersion: 'image.openshift.io/v1', kind: 'ImageStreamList', items: [imageStream(name, 'site')] },
        ],
        [
          `${folder}/namespaces/${name}/core/configmaps.yaml`,
          { apiVersion: 'v1', kind: 'ConfigMapList', metadata: { resourceVersion: '1' }, items: [] },
        ],
        [`${folder}/namespaces/${name}/pods/web-1/web/web/logs/current.log`, 'not read'],
      ]),
    ),
    [`${folder}/etcd_info/endpoint_status.json`]: [{ Endpoint: 'https://10.0.0.1:2379' }],
    [`${folder}/monitoring/prometheus/rules.json`]: { status: 'success', data: { groups: [] } },
    [`${folder}/namespaces/all/empty.yaml`]: '',
    [`${folder}/cluster-scoped-resources/numbers.json`]: [1, 2],
    [`${folder}/cluster-scoped-resources/answer.yaml`]: { status: 'success' },
    [`${folder}/version`]: 'openshift/must-gather',
    ...more,
  };
  for (const [path, content] of Object.entries(files)) {
    const file = join(fixture.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const run = (command: string, dump: string, ...more: readonly string[]) =>
  fixture.run(command, '--cluster', dump, '--integration', 'integration.yaml', ...more);

test.each([
  ['must-gather', image, 'must-gather.local.42'],
  ['inspect', 'inspect.local.7', 'inspect.local.7'],
])('M3: the folder of oc adm %s is a dump; what is no object is passed over and counted', async (_, folder, dump) => {
  await gather(folder, ['shop', 'web']);
  const { code, stdout, stderr } = await run('plan', dump);
  expect(code).toBe(2);
  expect(stdout).toMatch(/^Cluster: .*3 Namespaces, 2 ImageStreams, 5 files without objects passed over\)$/m);
  expect(stdout).toContain('create private repository site');
  expect(stderr).toMatch(/^unknown: all namespaces: must-gather and inspect hold those that were asked for; documents/);
});

test('M3: a namespace that was not asked for is not gone', async () => {
  await fixture.cluster(project('shop'), project('web'), imageStream('web', 'site'), imageStream('shop', 'site'));
  expect(await run('apply', 'cluster.json')).toMatchObject({ code: 0 });
  await gather(image, ['shop']);
  const later = await run('apply', image, '--max-deletions', '9');
  expect(later.code).toBe(0);
  expect(later.stdout).toContain('Nothing to do.');
  await fixture.ask('GET', '/organization/openshift_web');
});

test('M3: with the list of all namespaces it is a dump as any other', async () => {
  const all = { apiVersion: 'v1', kind: 'NamespaceList', items: [kubeSystem, project('shop')] };
  await gather(image, ['shop'], { [`${image}/cluster-scoped-resources/core/namespaces.yaml`]: all });
  expect(await run('plan', image)).toMatchObject({ code: 2, stderr: '' });
});

test('M3: what is damaged in it goes on to be an error', async () => {
  await gather(image, ['shop'], {
    [`${image}/namespaces/shop/image.openshift.io/imagestreams.yaml`]: '{"apiVersion":"v1","items":[{"kind":',
  });
  const { code, stderr } = await run('plan', image);
  expect(code).toBe(1);
  expect(stderr).toMatch(/imagestreams\.yaml:1.*cut off/);
});

test('M3: a file that somebody names has to hold objects', async () => {
  await gather(image, ['shop']);
  const { code, stderr } = await run('plan', `${image}/monitoring/prometheus/rules.json`);
  expect(code).toBe(1);
  expect(stderr).toContain('is not a Kubernetes object');
});
