import { describe, expect, test } from '@jest/globals';
import { type ClusterSnapshot } from '../../src/api/index.js';
import { decide } from '../../src/builds/index.js';
import { clusterFromFiles } from '../../src/kube/index.js';
import { limits } from '../../src/limits/index.js';
import { robotName } from '../../src/names/index.js';
import { integrationRecord } from '../../src/webhook/integration-record.js';
import { build, situation } from '../fixtures/builds/decisions.js';
import { asPrevious, cluster, documentOf, integration, namespace, rendered } from '../fixtures/snapshot.js';
import { temporaryFolder } from '../support/temporary.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const all = integration({
  serviceAccounts: [
    { name: 'builder', role: 'write' },
    { name: '*', role: 'read' },
  ],
});
const known = (...names: readonly string[]): ClusterSnapshot => ({
  ...cluster([namespace('web'), namespace('shop')]),
  serviceAccounts: { known: true, items: names.map((name) => ({ namespace: 'web', name })) },
});
const robotsOf = (rendering: ReturnType<typeof rendered>, of = 'web') =>
  documentOf(rendering, of).spec.robots.map(({ name, role, pullSecret }) => [name, role, pullSecret?.serviceAccount]);

describe('M1: * in serviceAccounts', () => {
  test('M1: gives every service account of a namespace a robot; one that is named keeps its role', () => {
    const rendering = rendered({ integration: all, cluster: known('builder', 'pipeline', 'a') });
    expect(robotsOf(rendering)).toEqual(
      [
        [robotName('a'), 'read', 'a'],
        ['builder', 'write', 'builder'],
        ['pipeline', 'read', 'pipeline'],
      ].sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    );
    expect(robotsOf(rendering, 'shop')).toEqual([['builder', 'write', 'builder']]);
    expect(rendering.unknown).toEqual([]);
  });

  test('M1: takes the robot away with its service account', () => {
    const before = rendered({ integration: all, cluster: known('pipeline', 'old') });
    const after = rendered({ integration: all, cluster: known('pipeline'), previous: asPrevious(before) });
    expect(robotsOf(after).map(([name]) => name)).toEqual(['builder', 'pipeline']);
  });

  test.each([
    ['could not be listed', { known: false, reason: 'forbidden' } as const, 'service accounts: forbidden'],
    ['were not asked for', undefined, 'service accounts: were not read'],
  ])('M1: takes nothing away where they %s', (_, serviceAccounts, unknown) => {
    const before = rendered({ integration: all, cluster: known('pipeline') });
    const { serviceAccounts: __, ...rest } = known();
    const after = rendered({
      integration: all,
      cluster: { ...rest, ...(serviceAccounts && { serviceAccounts }) },
      previous: asPrevious(before),
    });
    expect(robotsOf(after)).toEqual(robotsOf(before));
    expect(after.unknown).toEqual([unknown]);
  });

  test('M1: leaves out those that came last where there are too many, and says so', () => {
    const many = Array.from({ length: limits.serviceAccounts + 2 }, (_, at) => `b-${String(at).padStart(4, '0')}`);
    const before = rendered({ integration: all, cluster: known(...many.slice(2)) });
    expect(before.problems).toEqual([]);
    const after = rendered({ integration: all, cluster: known(...many), previous: asPrevious(before) });
    expect(robotsOf(after)).toEqual(robotsOf(before));
    expect(after.problems).toEqual([
      expect.objectContaining({
        namespace: 'web',
        reason: 'LimitExceeded',
        message: expect.stringMatching(/^2 service/),
      }),
    ]);
  });

  test('M1: works from a dump', async () => {
    const path = join(await temporaryFolder(), 'dump.json');
    const items = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'pipeline', namespace: 'web' } },
    ];
    await writeFile(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const snapshot = await (await clusterFromFiles([path], { uid: 'c1' })).snapshot();
    expect(robotsOf(rendered({ integration: all, cluster: snapshot })).map(([name]) => name)).toEqual([
      'builder',
      'pipeline',
    ]);
  });
});

describe('M1: a Build of an account that is one of *', () => {
  const writing = integration({ serviceAccounts: [{ name: '*', role: 'write' }] });
  const { robotToCome } = integrationRecord({ ...writing });
  const ci = build('app:1', { spec: { serviceAccount: 'ci' } });

  test('M1: waits for the robot that it is going to get, and names its Secret', () => {
    if (robotToCome === undefined) throw new Error('it gets none');
    const where = situation({ organization: { robotToCome } });
    expect(decide(ci, 'shop', where)).toMatchObject({
      decision: 'Rewritten',
      patch: expect.arrayContaining([expect.objectContaining({ value: { name: 'ci-quay-openshift' } })]),
    });
    expect(decide(ci, 'shop', situation())).toMatchObject({ reason: 'NoRobot' });
  });

  test('M1: is left alone where * only reads', () => {
    const reading = integrationRecord({ ...all }).robotToCome;
    if (reading === undefined) throw new Error('it gets none');
    const where = situation({ organization: { robotToCome: reading } });
    expect(decide(ci, 'shop', where)).toMatchObject({ reason: 'RobotMayNotPush' });
  });
});
