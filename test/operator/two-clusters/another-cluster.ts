import { afterEach, describe, expect, test } from '@jest/globals';
import { Harness, organizationsPath } from '../../fixtures/operator/harness.js';
import { type Reported } from '../../fixtures/operator/objects.js';
import { files, head } from '../../fixtures/operator/people.js';
import { demandPullSecrets, tokens } from '../../fixtures/operator/pull-secrets.js';
import { clusters } from './clusters.js';

describe('a cluster that was built again', () => {
  // It is stopped below, and a test that is run once more begins with it.
  afterEach(async () => {
    await clusters[0].start();
  });

  test('a new and empty cluster over the state of an old one changes nothing until a person agrees', async () => {
    const [old, rebuilt] = clusters;
    const before = await Harness.open(old);
    await before.projects(['a', 'b'], ['web']);
    await before.ready(['a', 'b']);
    const { quay, remote, id } = before;
    const issued = await tokens(before, 'a');
    await old.stopOperators();
    const commit = head(before);
    const { uid } = (await old.get<{ metadata: { uid: string } }>('/api/v1/namespaces/kube-system')).metadata;
    quay.requests.reset();

    const after = await Harness.open(rebuilt, { quay, remote, id });
    await rebuilt.eventually(async () => {
      const { conditions } = (await after.integration()).status ?? {};
      const changed = conditions?.find(({ reason }) => reason === 'ClusterChanged');
      expect(changed?.message).toContain(uid);
    });
    await after.projects(['a'], ['web']);
    await rebuilt.eventually(() => expect(quay.requests.list().length).toBeGreaterThan(0));
    expect(head(after)).toBe(commit);
    const { items } = await rebuilt.get<{ items: readonly Reported[] }>(organizationsPath);
    expect(items.filter(({ spec }) => spec.integration === id)).toEqual([]);
    expect(quay.requests.writes()).toEqual([]);

    await after.annotate({ 'quayside.dev/replaces-cluster': 'not-the-one' });
    await after.annotate({ 'quayside.dev/replaces-cluster': uid });
    // The key stayed in the old cluster, so its marks prove nothing here: a person agrees to the list, once.
    const hash = await rebuilt.eventually(async () => {
      const { uncertain } = (await after.integration()).status ?? {};
      expect(uncertain).toMatchObject({ organizations: [expect.stringContaining(after.organization('a'))] });
      return (uncertain as { readonly hash: string }).hash;
    });
    expect((await after.condition('OwnershipUncertain')).message).toContain(hash);
    expect(quay.requests.writes()).toEqual([]);
    await after.annotate({ 'quayside.dev/accept-ownership': hash });
    await after.ready(['a']);
    await rebuilt.eventually(async () => {
      const { metadata, status } = await after.integration();
      expect(metadata.annotations).not.toHaveProperty('quayside.dev/accept-ownership');
      expect(status).not.toHaveProperty('uncertain');
    });
    await demandPullSecrets(after, 'a');
    expect(await tokens(after, 'a')).toEqual(issued);
    expect(after.deletes()).toEqual([]);
    // The namespace that is not there any more: its document goes, its organization stays until a person says otherwise.
    expect(after.organizations()).toContain(after.organization('b'));
    expect(files(after)).toContain(`clusters/${id}/cluster.yaml`);
    const { teams } = await after.ask<{ teams: Record<string, { description: string }> }>(
      'GET',
      `/organization/${after.organization('a')}`,
    );
    expect(teams.quayside?.description).not.toContain(uid);
    await after.close();
    await quay.close();
  });
});
