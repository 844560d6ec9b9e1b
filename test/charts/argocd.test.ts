import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { crds } from '../../charts/parts/crds.js';
import { runLua } from './lua.js';
import { dist, installation, objectsIn, type Written } from './synthesized.js';

const example = (name: string): Written => {
  const [object] = objectsIn(join(dist, 'examples', `${name}.yaml`));
  if (object === undefined) throw new Error(`${name} is empty`);
  return object;
};

describe('the order of Argo CD', () => {
  const objects = installation();
  const waveOf = ({ metadata }: Written): number => Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  const wavesOf = (...kinds: readonly string[]): readonly number[] => [
    ...new Set(objects.filter(({ kind }) => kinds.includes(kind)).map(waveOf)),
  ];

  test('is CRDs, RBAC with the webhook configuration, certificate, workloads', () => {
    const [crds = NaN, ...more] = wavesOf('CustomResourceDefinition');
    expect(more).toEqual([]);
    const [grants = NaN, ...others] = wavesOf(
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'RoleBinding',
      'MutatingWebhookConfiguration',
    );
    expect(others).toEqual([]);
    const [job = NaN] = wavesOf('Job');
    const order = [crds, ...wavesOf('Namespace'), grants, job, 0];
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    expect(wavesOf('Deployment', 'Service', 'PersistentVolumeClaim', 'NetworkPolicy', 'PodDisruptionBudget')).toEqual([
      0,
    ]);
  });

  test('takes the certificate Job as a hook that is removed before the next one', () => {
    const jobs = objects.filter(({ kind }) => kind === 'Job');
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.metadata.annotations).toMatchObject({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': expect.stringContaining('BeforeHookCreation'),
    });
    const others = objects.filter(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined);
    expect(others).toEqual(jobs);
  });

  test('gives the Job another name when, and only when, its content is another', () => {
    const nameWith = (image: string): string | undefined =>
      installation({ image }).find(({ kind }) => kind === 'Job')?.metadata.name;
    expect(nameWith('example.com/quayside:1')).toBe(nameWith('example.com/quayside:1'));
    expect(nameWith('example.com/quayside:1')).not.toBe(nameWith('example.com/quayside:2'));
  });

  test('never removes what people keep things in', () => {
    const kept = objects.filter(
      ({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-options'] === 'Prune=false,Delete=false',
    );
    const names = crds.map(({ metadata }) => `CustomResourceDefinition ${metadata.name}`);
    expect(kept.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      ...names,
      'Namespace quayside',
      'PersistentVolumeClaim quayside-state',
    ]);
  });
});

describe('the Applications', () => {
  test('leave the caBundle to who writes it', () => {
    expect(example('argocd-install').spec).toMatchObject({
      source: { path: 'dist', directory: { include: 'quayside.yaml' } },
      ignoreDifferences: [
        {
          group: 'admissionregistration.k8s.io',
          kind: 'MutatingWebhookConfiguration',
          jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
        },
      ],
      syncPolicy: { syncOptions: expect.arrayContaining(['ServerSideApply=true', 'RespectIgnoreDifferences=true']) },
    });
    for (const { webhooks } of objectsIn(join(dist, 'quayside.yaml'))) {
      for (const { clientConfig } of webhooks ?? []) expect(clientConfig).not.toHaveProperty('caBundle');
    }
  });

  test('point at the documents, and at nothing else of the state', () => {
    expect(example('argocd-state').spec).toMatchObject({ source: { path: 'clusters/openshift/organizations' } });
    expect(example('quay-integration-external-sync').spec).toMatchObject({ git: { sync: 'External' } });
  });
});

describe('the health check', () => {
  const { data = {} } = example('argocd-health-checks');
  const condition = (type: string, status: string, reason = 'Reason'): object => ({
    type,
    status,
    reason,
    message: 'words',
  });
  const health = (script: string, status?: object): Readonly<Record<string, string>> =>
    runLua(script, { metadata: { generation: 2 }, ...(status && { status }) });
  const withConditions = (...conditions: readonly object[]): object => ({ observedGeneration: 2, conditions });

  test('is there for every kind', () => {
    const kinds = crds.map(({ spec }) => `${spec.group}_${String(spec.names.kind)}`);
    expect(Object.keys(data).sort()).toEqual(kinds.map((kind) => `resource.customizations.health.${kind}`).sort());
  });

  describe.each(Object.entries(data))('%s', (_kind, script) => {
    test.each([
      ['nothing was said yet', undefined, 'Progressing'],
      ['no condition is there yet', { observedGeneration: 2 }, 'Progressing'],
      ['an empty list of conditions', withConditions(), 'Progressing'],
      [
        'the last word is on what it was before',
        { observedGeneration: 1, conditions: [condition('Ready', 'True')] },
        'Progressing',
      ],
      ['it is ready', withConditions(condition('Ready', 'True')), 'Healthy'],
      ['it is not ready', withConditions(condition('Ready', 'False', 'QuayUnreachable')), 'Degraded'],
      ['it is not known', withConditions(condition('Ready', 'Unknown')), 'Progressing'],
      [
        'work is under way',
        withConditions(condition('Ready', 'False'), condition('Reconciling', 'True')),
        'Progressing',
      ],
      ['work is done', withConditions(condition('Reconciling', 'False'), condition('Ready', 'True')), 'Healthy'],
      ['somebody has to act', withConditions(condition('Ready', 'False'), condition('Stalled', 'True')), 'Degraded'],
      ['nobody has to act', withConditions(condition('Stalled', 'False'), condition('Ready', 'True')), 'Healthy'],
      ['it is suspended', withConditions(condition('Ready', 'False', 'Suspended')), 'Suspended'],
    ])('when %s', (_when, status, expected) => {
      expect(health(script, status).status).toBe(expected);
    });

    test('gives the reason and its words', () => {
      const { message } = health(script, withConditions(condition('Ready', 'False', 'TokenRejected')));
      expect(message).toBe('TokenRejected: words');
    });
  });
});
