import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OptionsInput } from '../../charts/options/props.js';
import { startControlPlane, type Started } from '../control-plane/start.js';
import { installStandIns } from '../control-plane/stand-ins/install.js';
import { describeRegistries } from './install-registry.js';
import { installOthersKinds } from './stand-in-kinds.js';
import { dist, objectsIn, synthesized, type Written } from './synthesized.js';

let controlPlane: Started;
beforeAll(async () => {
  controlPlane = await startControlPlane();
  await installOthersKinds(controlPlane);
  await installStandIns(controlPlane);
  for (const namespace of ['argocd', 'flux-system']) await controlPlane.kubectl(['create', 'namespace', namespace]);
});
afterAll(() => controlPlane?.stop());

const apply = (...args: readonly string[]): Promise<string> =>
  controlPlane.kubectl(['apply', '--server-side', '--field-manager=installer', ...args]);

/** What the objects of files are now, by kind and name. */
async function objectsOf(...files: readonly string[]): Promise<Readonly<Record<string, Written>>> {
  const from = files.flatMap((file) => ['-f', file]);
  const { items } = JSON.parse(await controlPlane.kubectl(['get', '-o', 'json', ...from])) as { items: Written[] };
  return Object.fromEntries(
    items.map((item) => {
      // The API server writes a claim once more when it is applied again, although nothing is different.
      const { resourceVersion: _, ...metadata } = item.metadata as typeof item.metadata & { resourceVersion?: string };
      const seen = item.kind === 'PersistentVolumeClaim' ? { ...item, metadata } : item;
      return [`${item.apiVersion} ${item.kind} ${item.metadata.name}`, seen];
    }),
  );
}

describe('the committed manifests', () => {
  const files = ['quayside.yaml', 'monitoring.yaml', 'crds.yaml'].map((name) => join(dist, name));

  test('install into an empty cluster in one go', async () => {
    // The definitions of registries stand in crds.yaml alone: where a Quay Operator works, it has its own.
    await apply('-f', join(dist, 'quayside.yaml'), '-f', join(dist, 'crds.yaml'));
    await controlPlane.kubectl(['wait', '--for=condition=Established', '--timeout=30s', '-f', join(dist, 'crds.yaml')]);
    await apply('-f', join(dist, 'monitoring.yaml'));
    for (const example of readdirSync(join(dist, 'examples'))) await apply('-f', join(dist, 'examples', example));
  });

  test('change nothing the second time', async () => {
    const before = await objectsOf(...files);
    await apply(...files.flatMap((file) => ['-f', file]));
    expect(await objectsOf(...files)).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(50);
  });

  test('are taken by kubectl as a folder, and by kustomize', async () => {
    await controlPlane.kubectl(['apply', '--dry-run=server', '-f', dist]);
    await controlPlane.kubectl(['apply', '--dry-run=server', '-k', dist]);
    const built = await controlPlane.kubectl(['kustomize', dist]);
    for (const { kind } of objectsIn(join(dist, 'quayside.yaml'))) expect(built).toContain(`kind: ${kind}\n`);
  });

  test('make pods that a namespace with restricted pod security admits', async () => {
    const pods = objectsIn(join(dist, 'quayside.yaml')).filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
    expect(pods.map(({ kind }) => kind)).toEqual(['Job', 'Deployment', 'Deployment']);
    for (const { metadata, spec } of pods) {
      const { template } = spec as { template: { metadata: object; spec: object } };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        ...template,
        metadata: { ...template.metadata, name: metadata.name, namespace: metadata.namespace },
      };
      await controlPlane.kubectl(['create', '--dry-run=server', '-f', '-'], { input: JSON.stringify(pod) });
    }
    const privileged = [
      'run',
      'root',
      '--image=example.test/root',
      '--privileged',
      '--dry-run=server',
      '-n',
      'quayside',
    ];
    await expect(controlPlane.kubectl(privileged)).rejects.toThrow('violates PodSecurity');
  });
});

const flavours: readonly (readonly [string, OptionsInput])[] = [
  ['another image', { image: 'registry.example.com/team/quayside:9.9.9' }],
  ['certificates of cert-manager', { certificates: 'cert-manager' }],
  ['certificates of OpenShift', { certificates: 'service-ca', failurePolicy: 'Fail' }],
  ['a remote state repository', { gitUrl: 'https://git.example.com/state.git', gitSecret: 'git', gitSync: 'External' }],
  [
    'everything else',
    {
      namespace: 'elsewhere',
      image: `registry.example.com:5000/team/quayside@sha256:${'0'.repeat(64)}`,
      imagePullSecrets: ['pull'],
      runAsUser: 1001,
      nodeSelector: { infra: 'true' },
      tolerations: [{ key: 'infra', operator: 'Exists', effect: 'NoSchedule' }],
      priorityClassName: 'system-cluster-critical',
      httpsProxy: 'http://proxy.example.com:3128',
      noProxy: 'quay.example.com',
      secrets: ['mirror', 'other/quay-token'],
      configMaps: ['other/authority'],
      webhookReplicas: 3,
      stateVolumeSize: '5Gi',
      stateVolumeStorageClass: 'fast',
    },
  ],
];

describe('manifests with', () => {
  test.each(flavours)(
    '%s are taken over the ones before',
    async (_name, options) => {
      for (const namespace of [options.namespace, 'other']) {
        if (namespace === undefined) continue;
        await controlPlane.kubectl(['create', 'namespace', namespace]).catch(() => undefined);
      }
      const { folder, remove } = synthesized(options);
      try {
        const files = ['quayside.yaml', 'monitoring.yaml'].flatMap((name) => ['-f', join(folder, name)]);
        await apply('--dry-run=server', ...files);
        await apply(...files);
      } finally {
        remove();
      }
    },
    60_000,
  );
});

describeRegistries(() => controlPlane);
