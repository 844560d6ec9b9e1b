import { beforeEach, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { home } from '../../fixtures/operator/cluster.js';
import { conditionOf } from '../../fixtures/operator/objects.js';
import { demandPullSecrets, tokens } from '../../fixtures/operator/pull-secrets.js';
import { registryAt } from '../../fixtures/registry-at.js';
import { clusters, quay } from './clusters.js';

describe('several integrations', () => {
  beforeEach(() => quay.requests.reset());

  test('two clusters with different IDs share a Quay and do not touch each other', async () => {
    const harnesses = await Promise.all(clusters.map((cluster) => Harness.open(cluster, { quay })));
    await Promise.all(harnesses.map((harness) => harness.projects(['a'], ['web'])));
    await Promise.all(harnesses.map((harness) => harness.ready(['a'])));
    const [first, second] = harnesses as [Harness, Harness];
    const before = await tokens(second, 'a');
    await first.cluster.deleteAndWait('namespace', first.namespace('a'));
    await first.cluster.eventually(() => expect(quay.snapshot().namespaces.has(first.organization('a'))).toBe(false));
    expect(first.deletes()).toEqual([`/api/v1/organization/${first.organization('a')}`]);
    expect(await tokens(second, 'a')).toEqual(before);
    await demandPullSecrets(second, 'a');
    await Promise.all(harnesses.map((harness) => harness.close()));
  });

  test('the second of two clusters with one ID reports that the organization is not its own, and writes nothing', async () => {
    const first = await Harness.open(clusters[0], { quay });
    await first.projects(['a'], ['web']);
    await first.ready(['a']);
    const before = await tokens(first, 'a');
    const second = await Harness.open(clusters[1], { quay, id: first.id });
    await second.projects(['a'], ['web', 'other']);
    await second.cluster.eventually(async () =>
      expect(conditionOf(await second.object('a'), 'Ready')).toMatchObject({
        status: 'False',
        reason: 'OwnedElsewhere',
      }),
    );
    expect(await tokens(first, 'a')).toEqual(before);
    const organization = first.organization('a');
    await expect(first.ask('GET', `/repository/${organization}/other`)).rejects.toThrow('404');
    const secret = `/api/v1/namespaces/${second.namespace('a')}/secrets/builder-quay-${second.id}`;
    expect(await second.cluster.has(secret)).toBe(false);
    // Also when the namespace goes.
    await second.cluster.deleteAndWait('namespace', second.namespace('a'));
    await second.cluster.eventually(async () => expect(await second.hasObject('a')).toBe(false));
    await demandPullSecrets(first, 'a');
    await Promise.all([first.close(), second.close()]);
  });

  test('a namespace that moves from one integration to another gets what it needs there, and loses nothing here', async () => {
    const [cluster] = clusters;
    const [from, to] = [await Harness.open(cluster), await Harness.open(cluster)];
    await from.projects(['a'], ['web']);
    await from.ready(['a']);
    const namespace = from.namespace('a');
    await cluster.patch(['namespace', namespace], { metadata: { labels: to.labels } });
    const moved = `${to.id}_${namespace}`;
    await cluster.eventually(() => expect(to.organizations()).toContain(moved));
    await cluster.eventually(async () => expect(await from.hasObject('a')).toBe(false));
    await cluster.eventually(async () =>
      expect(await cluster.has(`/api/v1/namespaces/${namespace}/secrets/builder-quay-${to.id}`)).toBe(true),
    );
    expect(from.deletes()).toEqual([]);
    expect(from.organizations()).toEqual([from.organization('a')]);
    await Promise.all([from.close(), to.close()]);
  });

  test('a namespace that two integrations select goes to its current owner, and the other reports it and continues', async () => {
    const [cluster] = clusters;
    const first = await Harness.open(cluster);
    await first.projects(['a']);
    await first.ready(['a']);
    const second = await Harness.open(cluster, { spec: { namespaceSelector: { matchLabels: first.labels } } });
    await cluster.eventually(async () => {
      const conflict = await second.condition('Conflict');
      expect(conflict).toMatchObject({ status: 'True', reason: 'Conflict' });
      expect(conflict.message).toContain(first.namespace('a'));
    });
    expect(second.organizations()).toEqual([]);
    await second.edit({ namespaceSelector: { matchLabels: second.labels } });
    await second.projects(['own']);
    await second.ready(['own']);
    await first.ready(['a']);
    expect(first.deletes()).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });

  test('an object of the old version is served, and superseded by one of the new with its name', async () => {
    const [cluster] = clusters;
    const harness = await Harness.open(cluster);
    await cluster.delete('quayintegrations.quay.redhat.com', harness.id);
    const namespaces = ['a', 'b'].map((name) => harness.namespace(name));
    await cluster.create({
      apiVersion: 'redhatcop.redhat.io/v1alpha1',
      kind: 'QuayIntegration',
      metadata: { name: harness.id },
      spec: {
        clusterID: harness.id,
        credentialsSecretName: `${home}/${harness.id}`,
        ...registryAt(harness.quay.url),
        whitelistNamespaces: namespaces,
      },
    });
    await harness.projects(['a']);
    await cluster.eventually(() => demandPullSecrets(harness, 'a'));
    const secretsBefore = await tokens(harness, 'a');

    await cluster.create(harness.integrationObject({ allowlistNamespaces: namespaces }));
    await harness.projects(['b']);
    await harness.ready(['a', 'b']);
    expect(await tokens(harness, 'a')).toEqual(secretsBefore);
    expect(harness.deletes()).toEqual([]);
    await cluster.eventually(async () => {
      const old = await cluster.get<Awaited<ReturnType<Harness['object']>>>(
        `/apis/redhatcop.redhat.io/v1alpha1/quayintegrations/${harness.id}`,
      );
      const ready = conditionOf(old, 'Ready');
      expect(ready).toMatchObject({ status: 'False', reason: 'Conflict' });
      expect(ready.message).toContain('v1 object');
    });
    await cluster.delete('quayintegrations.redhatcop.redhat.io', harness.id);
    await harness.close();
  });

  test('an integration that is deleted and made again under another name goes on where it was', async () => {
    const [cluster] = clusters;
    const harness = await Harness.open(cluster);
    await harness.projects(['a'], ['web']);
    await harness.ready(['a']);
    const before = await tokens(harness, 'a');
    await cluster.delete('quayintegrations.quay.redhat.com', harness.id);
    const name = `${harness.id}-again`;
    await cluster.create(harness.integrationObject({}, name));
    await cluster.eventually(async () => {
      const { spec } = await harness.object('a');
      expect(spec.integration).toBe(name);
    });
    await harness.projects(['b']);
    await harness.ready(['a', 'b']);
    expect(harness.deletes()).toEqual([]);
    expect(await tokens(harness, 'a')).toEqual(before);
    await cluster.delete('quayintegrations.quay.redhat.com', name);
    await harness.close();
  });
});
