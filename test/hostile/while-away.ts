import { beforeAll, describe, expect, test } from '@jest/globals';
import { project, secret } from '../fixtures/operator/objects.js';
import { heavyStreams } from '../limits/fed/organizations.js';
import { scene } from './installation.js';
import { leaksIn, secretsIn } from './leaks.js';
import { refusal, secretNames, squat } from './seen.js';

/** Of the kind that has pull secrets of ours, and of another one. */
const placed = (namespace: string, name: string, type: string): object => ({
  ...secret(namespace, name, { '.dockerconfigjson': '{"auths":{}}' }),
  type,
});

describe('what was done while no operator ran', () => {
  beforeAll(async () => {
    const { harness, cluster } = scene;
    await scene.pausing(async () => {
      await scene.projects(['heavy']);
      await heavyStreams(scene);
      await cluster.plane.kubectl(['delete', 'namespace', harness.namespace('reused'), '--timeout=30s']);
      await harness.loseOrganization('lost');
      await squat(scene, 'lost', '');
      const [namespace = {}, ...accounts] = project(harness.namespace('reused'), harness.labels) as {
        metadata?: { annotations?: object };
      }[];
      const annotations = { ...namespace.metadata?.annotations, 'openshift.io/requester': 'mallory' };
      await cluster.create({ ...namespace, metadata: { ...namespace.metadata, annotations } }, ...accounts);
      await scene.plant(harness.namespace('reused'));
      await scene.projects(['placed']);
      const within = harness.namespace('placed');
      await cluster.create(
        placed(within, `builder-quay-${harness.id}`, 'Opaque'),
        placed(within, `default-quay-${harness.id}`, 'kubernetes.io/dockerconfigjson'),
      );
    });
  });

  test('gives a user of Quay no builds by the name of an organization that was lost, with a robot of the same name', async () => {
    await refusal(scene, 'lost', 'OwnershipUncertain');
    const path = `/organization/${scene.harness.organization('lost')}/robots/builder`;
    const { token } = await scene.asPerson<{ token: string }>('GET', path);
    expect(leaksIn(await secretsIn(scene.cluster, new Set()), { token })).toEqual([]);
  });

  test('gives whoever took the name of a namespace nothing of the one before', async () => {
    await refusal(scene, 'reused', 'NamespaceReplaced');
    expect(await secretNames(scene, scene.harness.namespace('reused'))).toEqual([]);
    expect(scene.harness.organizations()).toContain(scene.harness.organization('reused'));
  });

  test('takes no Secret of a namespace for a pull secret of ours by its name', async () => {
    const { harness, cluster } = scene;
    await cluster.eventually(async () => {
      const { status } = await harness.object('placed');
      expect(status?.robots).toContainEqual(expect.objectContaining({ name: 'deployer', ready: true }));
    });
    await refusal(scene, 'placed', 'Conflict');
    for (const name of [`builder-quay-${harness.id}`, `default-quay-${harness.id}`]) {
      const { data } = await cluster.get<{ data: Record<string, string> }>(
        `/api/v1/namespaces/${harness.namespace('placed')}/secrets/${name}`,
      );
      expect(Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString()).toBe('{"auths":{}}');
    }
  });
});
