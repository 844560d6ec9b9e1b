import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Started } from '../control-plane/start.js';
import { type Finished, start } from '../support/quayside.js';
import { registryManifests } from '../../src/manifests/index.js';
import { type Given, kubernetes, modelOf, openshift, standalone, unmanaged } from '../registry/support/inputs.js';
import { podOf, workloadsOf } from '../registry/manifests/rendered.js';

/** The registries that are put before the API server. */
const given: readonly (readonly [string, Given])[] = [
  ['everything managed on OpenShift', { on: openshift }],
  [
    'everything that options have',
    {
      on: openshift,
      options: {
        networkPolicies: true,
        components: {
          quay: { disruptionBudget: { minAvailable: 1 }, topologySpreadConstraints: [spread('zone')] },
          postgres: { nodeSelector: { pool: 'data' }, tolerations: [{ key: 'data', operator: 'Exists' }] },
        },
      },
    },
  ],
  [
    'plain Kubernetes with an Ingress',
    {
      on: kubernetes,
      components: unmanaged('objectstorage'),
      bundle: { 'config.yaml': standalone.replace(/^(?:DB|BUILDLOGS|USER).*\n/gm, '') },
      options: { access: { termination: 'edge', ingress: { className: 'nginx' } } },
    },
  ],
];

function spread(topologyKey: string): object {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' };
}

/** The manifests of a registry before a real API server that has what they need; part of the test of the installation. */
export function describeRegistries(controlPlane: () => Started): void {
  const kubectl = (args: readonly string[], input?: object): Promise<string> =>
    controlPlane().kubectl(args, input && { input: JSON.stringify(input) });
  const list = (items: readonly object[]): object => ({ apiVersion: 'v1', kind: 'List', items });
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-registry-'));
    for (const name of ['quay', 'openshift-config-managed']) await kubectl(['create', 'namespace', name]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe('the manifests of a registry', () => {
    test.each(given)('%s are taken by the API server', async (_, what) => {
      const manifests = await registryManifests(modelOf(what));
      await kubectl(['apply', '--server-side', '--dry-run=server', '-f', '-'], list(manifests));
    });

    test('are taken by kustomize', async () => {
      const manifests = await registryManifests(modelOf());
      await writeFile(join(folder, 'all.yaml'), JSON.stringify(list(manifests)));
      await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify({ resources: ['all.yaml'] }));
      const built = await kubectl(['kustomize', folder]);
      for (const { kind } of manifests) expect(built).toContain(`kind: ${kind}\n`);
    });

    test('make pods that `baseline` admits, and Quay, its workers and its migration also under `restricted`', async () => {
      const profile = { podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } } };
      const components = { quay: profile, mirror: profile };
      const manifests = workloadsOf(await registryManifests(modelOf({ options: { components } })));
      const refused = async (level: string): Promise<readonly string[]> => {
        const label = `pod-security.kubernetes.io/enforce=${level}`;
        await kubectl(['label', '--overwrite', 'namespace', 'quay', label]);
        const found: string[] = [];
        for (const one of manifests) {
          const { metadata, spec } = podOf(one);
          const pod = {
            apiVersion: 'v1',
            kind: 'Pod',
            // Its account is not there: the pod is refused for it only after its security was looked at.
            metadata: { ...metadata, name: one.metadata.name, namespace: 'quay' },
            spec: { ...spec, serviceAccountName: 'default' },
          };
          await kubectl(['create', '--dry-run=server', '-f', '-'], pod).catch((error: unknown) => {
            if (!String(error).includes('violates PodSecurity')) throw error;
            found.push(one.metadata.name.replace(/-upgrade-.*/, '-upgrade'));
          });
        }
        return found.sort();
      };
      expect(await refused('baseline')).toEqual([]);
      expect(await refused('restricted')).toEqual([
        'prod-clair-app',
        'prod-clair-postgres',
        'prod-quay-database',
        'prod-quay-redis',
      ]);
      await kubectl(['label', 'namespace', 'quay', 'pod-security.kubernetes.io/enforce-']);
    });
  });

  test('`registry plan` says what is missing in a cluster, and nothing once that is applied', async () => {
    const registry = {
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayRegistry',
      metadata: { name: 'live', namespace: 'quay' },
      spec: { configBundleSecret: 'live-bundle' },
    };
    const config = { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test\n' };
    const bundle = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'live-bundle', namespace: 'quay' },
      stringData: config,
    };
    await kubectl(['apply', '--server-side', '-f', '-'], list([registry, bundle]));
    const run = (...args: readonly string[]): Promise<Finished> =>
      start(['registry', ...args, '--kubeconfig', controlPlane().kubeconfig, '-n', 'quay'], { cwd: folder }).finished;

    const facts = await run('facts', 'live', '-o', 'json');
    expect(JSON.parse(facts.stdout)).toMatchObject({
      apis: { route: true, objectBucketClaim: true, monitoring: true, openshiftConfig: false },
      hasDashboardNamespace: true,
      ipFamilies: ['IPv4'],
    });
    const before = await run('plan');
    expect(before).toMatchObject({ code: 2 });
    expect(before.stdout).toContain('+ create Deployment/live-quay-app');

    const rendered = await run('render', '--secrets-to', 'secrets.yaml');
    expect(rendered).toMatchObject({ code: 0 });
    await writeFile(join(folder, 'manifests.yaml'), rendered.stdout);
    const files = ['manifests.yaml', 'secrets.yaml'].flatMap((name) => ['-f', join(folder, name)]);
    await controlPlane().kubectl(['apply', '--server-side', ...files]);

    const after = await run('plan');
    expect(after.stdout).toBe('Registry quay/live: nothing to change.\n');
    expect(after.code).toBe(0);
    await controlPlane().kubectl(['-n', 'quay', 'set', 'env', 'deployment/live-quay-app', 'WORKER_COUNT_WEB=1']);
    const drifted = await run('plan');
    expect(drifted.code).toBe(2);
    expect(drifted.stdout).toContain('env[WORKER_COUNT_WEB].value: 1 → 4');
    expect((await run('diff')).stdout).toMatch(/^-\s+value: '1'\n\+\s+value: '4'$/m);

    // What is not in the cluster yet: a bundle that lies in a folder, for a registry that is there.
    await mkdir(join(folder, 'bundle'));
    await writeFile(join(folder, 'bundle/config.yaml'), 'SERVER_HOSTNAME: other.example.test\nFEATURE_MAILNG: true\n');
    const checked = await run('check', 'live', '--bundle', 'bundle');
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('Did you mean FEATURE_MAILING?')]);
    expect((await run('plan', 'live', '--bundle', 'bundle')).stdout).toContain(
      'spec.host: quay.example.test → other.example.test',
    );
  });

  test('`registry check` tells a registry in a cluster of another that has its bundle and its database', async () => {
    const named = (kind: string, name: string, more: object): object => ({
      apiVersion: kind === 'Secret' ? 'v1' : 'quay.redhat.com/v1',
      kind,
      metadata: { name, namespace: 'shared' },
      ...more,
    });
    const config = `SERVER_HOSTNAME: a.example.test\nDB_URI: ${['postgresql', '//quay:pw@db.example.test/quay'].join(':')}\n`;
    const spec = { configBundleSecret: 'both', components: unmanaged('postgres') };
    await kubectl(['create', 'namespace', 'shared']);
    await kubectl(
      ['apply', '--server-side', '-f', '-'],
      list([
        named('Secret', 'both', { stringData: { 'config.yaml': config } }),
        ...['one', 'two'].map((name) => named('QuayRegistry', name, { spec })),
      ]),
    );
    const check = (...args: readonly string[]): Promise<Finished> =>
      start(['registry', 'check', 'one', '-n', 'shared', ...args], { cwd: folder }).finished;
    const { code, stdout } = await check('--kubeconfig', controlPlane().kubeconfig);
    expect(code).toBe(0);
    expect(stdout).toMatch(/QuayRegistry\/one spec\.configBundleSecret: is the bundle of the QuayRegistry shared\/two/);
    expect(stdout).toMatch(/QuayRegistry\/one DB_URI: is the database of the QuayRegistry shared\/two/);
    expect(stdout).not.toContain('db.example.test');
  });
}
