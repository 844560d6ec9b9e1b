import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startSimulator } from '@quayside/simulator';
import { Bridge } from './harness.js';
import { Cluster } from './cluster.js';
import { conditionOf } from './objects.js';
import { writeState } from './people.js';
import { demandPullSecrets, pullSecret, robots } from './pull-secrets.js';

let cluster: Cluster;
let bridge: Bridge;

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
beforeEach(async () => {
  bridge = await Bridge.open(cluster);
  await bridge.projects(['a', 'b'], ['web']);
  await bridge.ready(['a', 'b']);
});
afterEach(async () => {
  await bridge.close();
});
afterAll(async () => cluster.close());

const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);

/** All is as it was: no DELETE, both organizations, all pull secrets with tokens that Quay takes. */
async function nothingLost(names: readonly string[] = ['a', 'b']): Promise<void> {
  expect(bridge.deletes()).toEqual([]);
  expect(bridge.organizations()).toEqual(expect.arrayContaining(names.map((name) => bridge.organization(name))));
  for (const name of names) await demandPullSecrets(bridge, name);
}

test('a namespace that loses its label is let go, and stays let go when it is deleted', async () => {
  await cluster.plane.kubectl(['label', 'namespace', bridge.namespace('a'), 'example.test/bridge-']);
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await nothingLost();
  expect(await cluster.events(`${bridge.id}.${bridge.namespace('a')}`)).toContainEqual(
    expect.stringContaining('Released'),
  );
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('a'), '--timeout=60s']);
  // The other one shows that a deletion would have been made by now.
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('b'), '--timeout=60s']);
  await until(() => expect(bridge.organizations()).toEqual([bridge.organization('a')]));
  expect(bridge.deletes()).toEqual([`/api/v1/organization/${bridge.organization('b')}`]);
});

test('a namespace that is put on the deny list is let go', async () => {
  await bridge.edit({ denylistNamespaces: [bridge.namespace('a')] });
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await nothingLost();
});

test.each(['BuiltIn', 'External'])(
  'an organization that ignore.yaml names stays with sync %s, also when its namespace is deleted and then its object by hand',
  async (sync) => {
    await bridge.edit({ git: { sync } });
    await writeState(bridge, 'ignore.yaml', `organizations: [${bridge.organization('a')}]\n`);
    await until(async () => expect(conditionOf(await bridge.object('a'), 'Ready').reason).toBe('Ignored'));
    const namespaces = ['a', 'b'].map((name) => bridge.namespace(name));
    await cluster.plane.kubectl(['delete', 'namespace', ...namespaces, '--timeout=20s']);
    // With an external sync it is for others to delete objects; here that is we.
    const objects = sync === 'External' ? namespaces : [bridge.namespace('a')];
    await cluster.delete('quayorganizations', ...objects.map((name) => `${bridge.id}.${name}`));
    await until(async () => expect(await bridge.hasObject('a')).toBe(false));
    // The other one shows that a deletion would have been made by now.
    await until(() => expect(bridge.organizations()).toEqual([bridge.organization('a')]));
    expect(bridge.deletes()).toEqual([`/api/v1/organization/${bridge.organization('b')}`]);
    expect(await cluster.events(`${bridge.id}.${bridge.namespace('a')}`)).toContainEqual(
      expect.stringMatching(/^Released: .*policy is Retain/),
    );
  },
);

test('a deleted integration leaves everything where it is, also when namespaces and objects go afterwards', async () => {
  await cluster.delete('quayintegrations.quay.redhat.com', bridge.id);
  await until(async () => {
    const gone = !(await bridge.hasObject('a'));
    if (!gone) expect(conditionOf(await bridge.object('a'), 'Ready').reason).toBe('IntegrationGone');
  });
  await cluster.plane.kubectl(['delete', 'namespace', bridge.namespace('b'), '--timeout=60s']);
  for (const name of ['a', 'b']) await cluster.delete('quayorganizations', `${bridge.id}.${bridge.namespace(name)}`);
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await until(async () => expect(await bridge.hasObject('b')).toBe(false));
  await nothingLost(['a']);
  expect(bridge.organizations()).toHaveLength(2);
});

test('another cluster ID makes new organizations beside the old ones', async () => {
  const id = `${bridge.id}n`;
  await bridge.edit({ clusterID: id });
  await until(() => {
    const added = ['a', 'b'].map((name) => `${id}_${bridge.namespace(name)}`);
    expect(bridge.organizations()).toEqual(expect.arrayContaining(added));
  });
  await until(async () => expect(await bridge.hasObject('a')).toBe(false));
  await until(async () => expect(await bridge.hasObject('b')).toBe(false));
  await nothingLost();
});

test('another Quay gets everything, and the first keeps what it has', async () => {
  const other = await startSimulator();
  try {
    const at = bridge.quay.url;
    await cluster.patch(['secret', bridge.id, '-n', 'quayside'], {
      stringData: { token: other.credentials.superuser },
    });
    await bridge.edit({ quayHostname: other.url });
    await until(async () => {
      const { data } = await pullSecret(bridge, 'a', 'builder');
      const text = Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString();
      expect(text).toContain(new URL(other.url).host);
      expect(text).not.toContain(new URL(at).host);
    });
    await bridge.ready(['a', 'b']);
    expect(bridge.deletes()).toEqual([]);
    expect(bridge.organizations()).toHaveLength(2);
    expect(other.requests.list().filter(({ method }) => method === 'DELETE')).toEqual([]);
  } finally {
    await other.close();
  }
});

test('all objects deleted at once, as a prune would, come back with nothing changed', async () => {
  const before = await Promise.all(['a', 'b'].map((name) => bridge.object(name)));
  const secrets = await Promise.all(robots.map((robot) => pullSecret(bridge, 'a', robot)));
  await cluster.delete('quayorganizations', '--all');
  await until(async () => {
    for (const { metadata } of before) {
      const now = await cluster.get<{ metadata: { uid: string } }>(
        `/apis/quayside.dev/v1alpha1/quayorganizations/${metadata.name}`,
      );
      expect(now.metadata.uid).not.toBe(metadata.uid);
    }
  });
  await bridge.ready(['a', 'b']);
  await nothingLost();
  const after = await Promise.all(robots.map((robot) => pullSecret(bridge, 'a', robot)));
  expect(after.map(({ data }) => data)).toEqual(secrets.map(({ data }) => data));
});
