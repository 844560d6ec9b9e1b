import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Fixture, imageStream, project } from '../support/quayside.js';

let fixture: Fixture;
let inputs: readonly string[];
const organization = 'openshift_shop';
const path = `organizations/${organization}.json`;

beforeAll(async () => {
  fixture = await Fixture.open();
  inputs = [...fixture.inputArguments, '--state', 'state.git'];
  await fixture.cluster(project('shop'), imageStream('shop', 'web'), project('other'));
  expect(await fixture.run('apply', ...inputs)).toMatchObject({ code: 0 });
  await fixture.ask('PUT', `/organization/${organization}/robots/people`, { description: '' });
  await fixture.ask('PUT', `/organization/${organization}/team/people`, { role: 'member' });
});
beforeEach(async () => {
  expect(await fixture.run('apply', ...inputs)).toMatchObject({ code: 0 });
  fixture.quay.requests.reset();
});
afterAll(() => fixture.close());

const git = (args: readonly string[], input = ''): string =>
  execFileSync('git', args, {
    cwd: fixture.file('state.git'),
    input,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      GIT_INDEX_FILE: fixture.file('index'),
      ...{ GIT_AUTHOR_NAME: 'Mona', GIT_AUTHOR_EMAIL: 'm@example.com' },
      ...{ GIT_COMMITTER_NAME: 'Mona', GIT_COMMITTER_EMAIL: 'm@example.com' },
    },
  }).trim();

interface Entry {
  inventory: { origin?: string; managedItems: string[]; ownership?: Record<string, unknown> };
}

/** Somebody who may push edits what the last apply remembered. */
function edit(change: (entry: Entry, other: Entry) => void): void {
  const ref = git(['for-each-ref', '--format=%(refname)', 'refs/quayside/applied']);
  const read = (name: string): Entry => JSON.parse(git(['cat-file', 'blob', `${ref}:${name}`])) as Entry;
  const entry = read(path);
  change(entry, read('organizations/openshift_other.json'));
  git(['read-tree', ref]);
  const blob = git(['hash-object', '-w', '--stdin'], JSON.stringify(entry));
  git(['update-index', '--cacheinfo', `100644,${blob},${path}`]);
  git(['update-ref', ref, git(['commit-tree', git(['write-tree']), '-p', ref, '-m', 'Edit the record'])]);
}

const deletions = (): readonly string[] =>
  fixture.quay.requests.list().flatMap(({ method, path: at }) => (method === 'DELETE' ? [at] : []));

describe('S11: a record that somebody edited', () => {
  test.each<[string, (entry: Entry, other: Entry) => void]>([
    [
      "lists people's team and robot",
      ({ inventory }) => void inventory.managedItems.push('robot/people', 'team/people'),
    ],
    [
      'lists them without a signature',
      ({ inventory }) => {
        inventory.managedItems = ['robot/people', 'team/people'];
        delete inventory.ownership;
      },
    ],
    [
      'has the signature of another organization',
      (entry, other) => {
        entry.inventory = { ...other.inventory, managedItems: ['robot/people', 'team/people'] };
      },
    ],
    [
      'claims another origin and revision',
      ({ inventory }) => {
        inventory.ownership = { ...inventory.ownership, origin: 'predecessor', revision: 7 };
        inventory.managedItems.push('team/people');
      },
    ],
    [
      'holds no statement but something else',
      ({ inventory }) => {
        inventory.ownership = { keyID: 7 };
        inventory.managedItems.push('team/people');
      },
    ],
  ])('S11: %s removes nothing', async (_, change) => {
    edit(change);
    const { code, stdout } = await fixture.run('apply', ...inputs);
    expect({ code, stdout: /delete|remove/.exec(stdout)?.[0] }).toEqual({ code: 0, stdout: undefined });
    expect(deletions()).toEqual([]);
    const plan = await fixture.run('plan', ...inputs);
    expect(plan).toMatchObject({ code: 0, stderr: '' });
  });

  test('S11: and an organization that is no longer declared stays, although deletions are allowed', async () => {
    edit(({ inventory }) => void inventory.managedItems.push('team/people'));
    await fixture.cluster(project('other'));
    const { stdout } = await fixture.run('apply', ...inputs, '--max-deletions', '5');
    expect(stdout).toContain('stays in Quay');
    expect(deletions()).toEqual([]);
    await fixture.cluster(project('shop'), imageStream('shop', 'web'), project('other'));
  });
});

describe('S11: without a key', () => {
  test('S11: apply ends 1 with what to do, before anything is written, and plan says that nothing was verified', async () => {
    const without = { QUAYSIDE_OWNERSHIP_KEY: '' };
    const { code, stderr } = await fixture.start(['apply', ...inputs], without).finished;
    expect(code).toBe(1);
    expect(stderr).toContain('quayside ownership create --file ownership.key');
    expect(fixture.quay.requests.list()).toEqual([]);
    const plan = await fixture.start(['plan', ...inputs], without).finished;
    expect(plan.stdout).toContain('Ownership not verified');
  });

  test('S11: a key that is made once goes on from run to run, and another one is not taken for it', async () => {
    const other = await Fixture.open();
    try {
      await other.cluster(project('shop'));
      const created = await other.run('ownership', 'create', '--file', 'ownership.key');
      expect(created).toMatchObject({ code: 0, stderr: '' });
      expect(await other.run('ownership', 'create', '--file', 'ownership.key')).toMatchObject({ code: 1 });
      const args = [...other.inputArguments, '--state', 'state.git', '--ownership-key', 'ownership.key'];
      expect(await other.run('apply', ...args)).toMatchObject({ code: 0 });
      expect(await other.run('plan', ...args)).toMatchObject({ code: 0 });
      // The key of the environment is another one: its marks prove nothing, and a person may agree.
      const foreign = [...other.inputArguments, '--state', 'state.git'];
      const refused = await other.run('apply', ...foreign);
      expect(refused.code).toBe(1);
      const hash = /--accept-ownership ([0-9a-f]{32})/.exec(refused.stdout)?.[1] ?? '';
      expect((await other.run('plan', ...foreign, '-o', 'markdown')).stdout).toContain(`--accept-ownership ${hash}`);
      expect(await other.run('apply', ...foreign, '--accept-ownership', hash)).toMatchObject({ code: 0 });
      expect(await other.run('plan', ...foreign)).toMatchObject({ code: 0 });
    } finally {
      await other.close();
    }
  });
});
