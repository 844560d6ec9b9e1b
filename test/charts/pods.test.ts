import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { type OptionsInput } from '../../charts/options/props.js';
import { program } from '../../charts/parts/pod.js';
import { bundledInstall, installation, type WorkloadSpec } from './synthesized.js';

interface Workload {
  readonly name: string;
  readonly kind: string;
  readonly spec: WorkloadSpec;
}

const workloads = (options: OptionsInput): readonly Workload[] =>
  installation(options)
    .filter(({ kind }) => ['Deployment', 'Job', 'StatefulSet', 'DaemonSet', 'CronJob', 'Pod'].includes(kind))
    .map(({ kind, metadata: { name }, spec }) => ({ kind, name, spec: spec as WorkloadSpec }));

const bundled = (): readonly Workload[] =>
  bundledInstall().deployments.map(({ name, spec }) => ({ kind: 'Deployment', name: `${name} of the bundle`, spec }));

const installations: readonly (readonly [string, readonly Workload[]])[] = [
  ['by default', workloads({})],
  ['with a remote repository', workloads({ gitUrl: 'https://git.example.com/state.git' })],
  ['with a digest', workloads({ image: `example.com/q@sha256:${'a'.repeat(64)}`, runAsUser: 1001 })],
  ['by OLM', bundled()],
];
const all = installations.flatMap(([how, list]) => list.map((one) => [`${one.name} ${how}`, one] as const));

describe('every pod', () => {
  test.each(all)('%s fits restricted pod security, with a read-only root', (_name, { spec }) => {
    const pod = spec.template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod).not.toHaveProperty('hostNetwork');
    for (const container of pod.containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    const kinds = pod.volumes.map((volume) => Object.keys(volume).filter((key) => key !== 'name'));
    expect(['emptyDir', 'persistentVolumeClaim']).toEqual(expect.arrayContaining(kinds.flat()));
  });

  test.each(all)('%s runs an image that does not move, within limits', (_name, { spec }) => {
    for (const { image, resources, volumeMounts } of spec.template.spec.containers) {
      expect(image).toMatch(/:[^/:]+$|@sha256:/);
      expect(image).not.toMatch(/:latest$/);
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
      // Where the root is read-only, this is the least that programs of others expect.
      expect(volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/tmp' }));
    }
    const names = spec.template.spec.volumes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(all)('%s is watched over, unless it ends by itself', (_name, { kind, spec }) => {
    for (const { livenessProbe, readinessProbe, startupProbe } of spec.template.spec.containers) {
      const at = { port: 'metrics' };
      if (kind === 'Job') expect([livenessProbe, readinessProbe]).toEqual([undefined, undefined]);
      else {
        expect(livenessProbe?.httpGet).toMatchObject({ ...at, path: '/livez' });
        expect(startupProbe?.httpGet).toMatchObject({ ...at, path: '/livez' });
        expect(readinessProbe?.httpGet).toMatchObject({ ...at, path: '/readyz' });
      }
    }
    if (kind === 'Job') expect(spec).toMatchObject({ backoffLimit: 6, activeDeadlineSeconds: 600 });
  });

  test.each(all)('%s is found by labels that never change', (_name, { kind, spec }) => {
    const { labels } = spec.template.metadata;
    if (kind === 'Deployment') expect(spec.selector?.matchLabels).toEqual(labels);
    expect(Object.keys(labels).sort()).toEqual(['app.kubernetes.io/component', 'app.kubernetes.io/name']);
  });
});

test.each(all)('Node takes what %s tells it', (_name, { spec }) => {
  for (const { command } of spec.template.spec.containers) {
    if (command === undefined) continue;
    const [node, ...args] = command;
    expect([node, args.pop()]).toEqual(['node', program]);
    const { status, stderr } = spawnSync(process.execPath, [...args, '--eval', ''], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
});

describe('the operator', () => {
  const operator = (options: OptionsInput): WorkloadSpec => {
    const found = workloads(options).find(({ name }) => name === 'quayside');
    if (found === undefined) throw new Error('there is no operator');
    return found.spec;
  };

  test('is alone with its volume, and lets it go before the next one', () => {
    expect(operator({})).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(operator({}).template.spec.volumes).toContainEqual({
      name: 'var-lib-quayside',
      persistentVolumeClaim: { claimName: 'quayside-state' },
    });
  });

  test('is there twice with a remote repository, and has no volume', () => {
    const spec = operator({ gitUrl: 'https://git.example.com/state.git' });
    expect(spec).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate' } });
    expect(JSON.stringify(spec)).not.toContain('persistentVolumeClaim');
    expect(installation({ gitUrl: 'https://x.example' }).map(({ kind }) => kind)).not.toContain(
      'PersistentVolumeClaim',
    );
  });

  test('goes to Git through the proxy', () => {
    const env = operator({ httpsProxy: 'http://proxy.example.com:3128', noProxy: 'git.internal' }).template.spec
      .containers[0]?.env;
    expect(env).toContainEqual({ name: 'https_proxy', value: 'http://proxy.example.com:3128' });
    expect(env).toContainEqual({ name: 'no_proxy', value: 'git.internal,.svc,.cluster.local,localhost,127.0.0.1' });
  });

  test('goes where it is told to', () => {
    const { template } = operator({
      nodeSelector: { infra: '' },
      tolerations: [{ key: 'infra', operator: 'Exists' }],
      priorityClassName: 'important',
      imagePullSecrets: ['pull'],
      runAsUser: 1001,
      logLevel: 'debug',
    });
    expect(template.spec).toMatchObject({
      nodeSelector: { infra: '' },
      tolerations: [{ key: 'infra', operator: 'Exists' }],
      priorityClassName: 'important',
      imagePullSecrets: [{ name: 'pull' }],
      securityContext: { runAsUser: 1001, fsGroup: 1001 },
    });
    expect(template.spec.containers[0]?.env).toContainEqual({ name: 'QUAYSIDE_LOG_LEVEL', value: 'debug' });
  });
});
