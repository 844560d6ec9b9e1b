import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startSimulator } from '@quayside/simulator';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster } from '../fixtures/operator/cluster.js';
import { conditionOf } from '../fixtures/operator/objects.js';
import { writeState } from '../fixtures/operator/people.js';
import { demandPullSecrets, pullSecret, robots } from '../fixtures/operator/pull-secrets.js';

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  harness = await Harness.open(cluster);
  await harness.projects(['a', 'b'], ['web']);
  await harness.ready(['a', 'b']);
});
afterEach(async () => {
  await harness.close();
});
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);

/** All is as it was: no DELETE, both organizations, all pull secrets with tokens that Quay takes. */
async function nothingLost(names: readonly string[] = ['a', 'b']): Promise<void> {
  expect(harness.deletes()).toEqual([]);
  expect(harness.organizations()).toEqual(expect.arrayContaining(names.map((name) => harness.organization(name))));
  for (const name of names) await demandPullSecrets(harness, name);
}

test('a namespace that loses its label is released, and stays released when it is deleted', async () => {
  const labels = { 'example.test/bridge': null };
  await cluster.patch(['namespace', harness.namespace('a')], { metadata: { labels } });
  await until(async () => expect(await harness.hasObject('a')).toBe(false));
  await nothingLost();
  expect(await cluster.events(`${harness.id}.${harness.namespace('a')}`)).toContainEqual(
    expect.stringContaining('Released'),
  );
  await cluster.deleteAndWait('namespace', harness.namespace('a'));
  // The other one shows that a deletion would have been made by now.
  await cluster.deleteAndWait('namespace', harness.namespace('b'));
  await until(() => expect(harness.organizations()).toEqual([harness.organization('a')]));
  expect(harness.deletes()).toEqual([`/api/v1/organization/${harness.organization('b')}`]);
});

test('a namespace that is put on the deny list is released', async () => {
  await harness.edit({ denylistNamespaces: [harness.namespace('a')] });
  await until(async () => expect(await harness.hasObject('a')).toBe(false));
  await nothingLost();
});

test.each(['BuiltIn', 'External'])(
  'an organization that ignore.yaml names stays with sync %s, also when its namespace is deleted and then its object by hand',
  async (sync) => {
    await harness.edit({ git: { sync } });
    await writeState(harness, 'ignore.yaml', `organizations: [${harness.organization('a')}]\n`);
    await until(async () => expect(conditionOf(await harness.object('a'), 'Ready').reason).toBe('Ignored'));
    const namespaces = ['a', 'b'].map((name) => harness.namespace(name));
    await cluster.deleteAndWait('namespace', ...namespaces);
    // With an external sync it is for others to delete objects; here that is we.
    const objects = sync === 'External' ? namespaces : [harness.namespace('a')];
    await cluster.delete('quayorganizations', ...objects.map((name) => `${harness.id}.${name}`));
    await until(async () => expect(await harness.hasObject('a')).toBe(false));
    // The other one shows that a deletion would have been made by now.
    await until(() => expect(harness.organizations()).toEqual([harness.organization('a')]));
    expect(harness.deletes()).toEqual([`/api/v1/organization/${harness.organization('b')}`]);
    expect(await cluster.events(`${harness.id}.${harness.namespace('a')}`)).toContainEqual(
      expect.stringMatching(/^Released: .*ignore\.yaml lists it/),
    );
  },
);

test('a deleted integration leaves everything where it is, also when namespaces and objects go afterwards', async () => {
  await cluster.delete('quayintegrations.quay.redhat.com', harness.id);
  await until(async () => {
    const gone = !(await harness.hasObject('a'));
    if (!gone) expect(conditionOf(await harness.object('a'), 'Ready').reason).toBe('IntegrationGone');
  });
  await cluster.deleteAndWait('namespace', harness.namespace('b'));
  for (const name of ['a', 'b']) await cluster.delete('quayorganizations', `${harness.id}.${harness.namespace(name)}`);
  await until(async () => expect(await harness.hasObject('a')).toBe(false));
  await until(async () => expect(await harness.hasObject('b')).toBe(false));
  await nothingLost(['a']);
  expect(harness.organizations()).toHaveLength(2);
});

test('another cluster ID makes new organizations beside the old ones', async () => {
  const id = `${harness.id}n`;
  await harness.edit({ clusterID: id });
  await until(() => {
    const added = ['a', 'b'].map((name) => `${id}_${harness.namespace(name)}`);
    expect(harness.organizations()).toEqual(expect.arrayContaining(added));
  });
  await until(async () => expect(await harness.hasObject('a')).toBe(false));
  await until(async () => expect(await harness.hasObject('b')).toBe(false));
  await nothingLost();
});

test('another Quay gets everything, and the first keeps what it has', async () => {
  const other = await startSimulator();
  try {
    const at = harness.quay.url;
    await cluster.patch(['secret', harness.id, '-n', 'quayside'], {
      stringData: { token: other.credentials.superuser },
    });
    await harness.edit({ quayHostname: other.url });
    await until(async () => {
      const { data } = await pullSecret(harness, 'a', 'builder');
      const text = Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString();
      expect(text).toContain(new URL(other.url).host);
      expect(text).not.toContain(new URL(at).host);
    });
    await harness.ready(['a', 'b']);
    expect(harness.deletes()).toEqual([]);
    expect(harness.organizations()).toHaveLength(2);
    expect(other.requests.list().filter(({ method }) => method === 'DELETE')).toEqual([]);
  } finally {
    await other.close();
  }
});

test('all objects deleted at once, as a prune would, come back with nothing changed', async () => {
  const before = await Promise.all(['a', 'b'].map((name) => harness.object(name)));
  const secrets = await Promise.all(robots.map((robot) => pullSecret(harness, 'a', robot)));
  await cluster.delete('quayorganizations', '--all');
  await until(async () => {
    for (const { metadata } of before) {
      const now = await cluster.get<{ metadata: { uid: string } }>(
        `/apis/quayside.dev/v1alpha1/quayorganizations/${metadata.name}`,
      );
      expect(now.metadata.uid).not.toBe(metadata.uid);
    }
  });
  await harness.ready(['a', 'b']);
  await nothingLost();
  const after = await Promise.all(robots.map((robot) => pullSecret(harness, 'a', robot)));
  expect(after.map(({ data }) => data)).toEqual(secrets.map(({ data }) => data));
});
