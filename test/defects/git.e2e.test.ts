import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { byHand, git, remoteFor } from '../fixtures/remote.js';
import { organizationsOf } from '../support/organizations-of.js';
import { registryAt } from '../fixtures/registry-at.js';

let fixture: Fixture;
let remote: string;

const file = (namespace: string): string => `clusters/openshift/organizations/${namespace}.yaml`;
const commits = (): readonly string[] => git(remote, 'log', '--format=%s', 'main').trim().split('\n');
const head = (): string => git(remote, 'rev-parse', 'main').trim();
/** Every machine has a cache of its own. */
const start = (machine: string, ...args: readonly string[]) =>
  fixture.start(args, { QUAYSIDE_CACHE: fixture.file(`cache-of-${machine}`) }).finished;
const apply = (...args: readonly string[]) => start('one', 'apply', ...fixture.inputArguments, ...args);

beforeEach(async () => {
  fixture = await Fixture.open();
  remote = await remoteFor(fixture);
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
});
afterEach(async () => fixture.close());

describe('commits', () => {
  test('D1 a hundred new namespaces are one commit', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `team-${at}`);
    await fixture.cluster(...names.flatMap((name) => [project(name), imageStream(name, 'web')]));
    expect((await apply()).code).toBe(0);
    expect(commits()).toHaveLength(1);
    expect(git(remote, 'ls-tree', '-r', '--name-only', 'main').match(/organizations\//g)).toHaveLength(100);
  });

  test('D2 what is the same is not committed again, in whatever order the cluster tells it', async () => {
    await fixture.cluster(project('shop'), project('bank'), imageStream('shop', 'web'), imageStream('shop', 'api'));
    await apply();
    const before = head();
    await fixture.cluster(imageStream('shop', 'api'), project('bank'), imageStream('shop', 'web'), project('shop'));
    expect((await apply()).code).toBe(0);
    expect((await start('two', 'apply', ...fixture.inputArguments)).code).toBe(0);
    expect(head()).toBe(before);
  });

  test('D14 what changes nothing but the integration is committed as well', async () => {
    await apply();
    const before = head();
    const git = { url: `file://${remote}` };
    await fixture.integration({ git, imageStreamSelector: { matchLabels: { quay: 'yes' } } });
    expect((await apply()).code).toBe(0);
    expect(head()).not.toBe(before);
  });

  test('D3 two integrations that share a repository do not undo each other', async () => {
    const integration = (name: string, spec: object): object => ({
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name },
      spec: {
        ...registryAt(fixture.quay.url),
        credentialsSecret: { namespace: 'quayside', name: 'quay' },
        git: { url: `file://${remote}` },
        ...spec,
      },
    });
    const shared = [project('shop'), project('bank'), imageStream('shop', 'web')];
    await fixture.cluster(...shared, integration('one', { allowlistNamespaces: ['shop'] }), integration('two', {}));
    const turn = async (name: string) => {
      const { code, stderr } = await start('one', 'apply', '--cluster', 'cluster.json', '--integration', name);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    };
    for (const name of ['one', 'two']) await turn(name);
    const before = head();
    for (const name of ['one', 'two', 'one', 'two']) await turn(name);
    expect(head()).toBe(before);
    expect(commits()).toHaveLength(2);
    expect(organizationsOf(fixture.quay)).toEqual(['openshift_bank', 'openshift_shop']);
  });
});

describe('several writers', () => {
  test('D4 eight clusters that write to one branch at once all get there', async () => {
    const clusters = Array.from({ length: 8 }, (_, at) => `c${at}`);
    for (const id of clusters) {
      await fixture.integration({ clusterID: id, git: { url: `file://${remote}` } });
      await fixture.write(`${id}.yaml`, await readFile(fixture.file('integration.yaml'), 'utf8'));
    }
    const runs = clusters.map((id) => start(id, 'apply', '--cluster', 'cluster.json', '--integration', `${id}.yaml`));
    for (const { code, stderr } of await Promise.all(runs)) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = git(remote, 'ls-tree', '-r', '--name-only', 'main');
    for (const id of clusters) expect(files).toContain(`clusters/${id}/organizations/shop.yaml`);
    expect(commits()).toHaveLength(8);
    expect(organizationsOf(fixture.quay)).toEqual(clusters.map((id) => `${id}_shop`));
  });

  test('D13 two that do the same at once crash nothing, and the next one finds all done', async () => {
    await apply();
    await fixture.cluster(project('shop'), ...['web', 'api', 'db'].map((name) => imageStream('shop', name)));
    for (const { stderr } of await Promise.all(
      ['a', 'b', 'c'].map((one) => start(one, 'apply', ...fixture.inputArguments)),
    ))
      expect(stderr).not.toMatch(/TypeError|cannot lock ref|index\.lock|\n\s+at /);
    expect(commits()).toHaveLength(2);
    const { code, stderr } = await apply();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await apply('--dry-run')).code).toBe(0);
  });
});

describe('people', () => {
  test('D5 nobody has to rebase: what a person pushed meanwhile stays under the next commit', async () => {
    await apply();
    await byHand(fixture, (clone) => writeFile(join(clone, 'README.md'), 'Ours.\n'));
    await fixture.cluster(project('shop'), project('bank'), imageStream('shop', 'web'));
    expect((await apply()).code).toBe(0);
    expect(git(remote, 'show', 'main:README.md')).toBe('Ours.\n');
    expect(git(remote, 'show', `main:${file('bank')}`)).toContain('openshift_bank');
    expect(git(remote, 'for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main\n');
  });

  test('D8 what a person has brought in already is not committed a second time', async () => {
    await apply();
    await fixture.cluster(project('shop'), imageStream('shop', 'web'), imageStream('shop', 'api'));
    const { stdout } = await start('one', 'diff', ...fixture.inputArguments);
    await byHand(fixture, async (clone) => {
      await writeFile(join(clone, '../change.patch'), stdout);
      git(clone, 'apply', '../change.patch');
    });
    const merged = head();
    const { code } = await apply();
    expect(code).toBe(0);
    expect(head()).toBe(merged);
    await fixture.ask('GET', '/repository/openshift_shop/api');
  });
});
