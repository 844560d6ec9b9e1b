import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';

let fixture: Fixture;
let clone: string;

const folder = 'clusters/openshift';
const organization = '/organization/openshift_e2e-demo';

function git(...args: readonly string[]): string {
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  return execFileSync('git', [...person, ...args], { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A person writes a file in a clone of the state repository and pushes it. */
async function push(path: string, text: string): Promise<void> {
  git('pull', '--quiet', '--rebase');
  await mkdir(dirname(join(clone, path)), { recursive: true });
  await writeFile(join(clone, path), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', `Write ${path}`);
  git('push', '--quiet');
}

const apply = async (...args: readonly string[]) => fixture.run('apply', ...fixture.inputArguments, ...args);
const plan = async (...args: readonly string[]) => fixture.run('plan', ...fixture.inputArguments, ...args);

beforeEach(async () => {
  fixture = await Fixture.open({
    fixtures: {
      users: [{ name: 'admin', superuser: true }, { name: 'alice' }, { name: 'bob' }],
      credentials: {
        superuser: {
          owner: 'admin',
          scopes: [
            'org:admin',
            'repo:admin',
            'repo:create',
            'repo:read',
            'repo:write',
            'super:user',
            'user:admin',
            'user:read',
          ],
        },
      },
    },
  });
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
  await apply();
  clone = fixture.file('clone');
  execFileSync('git', ['clone', '--quiet', '.quayside/state.git', 'clone'], { cwd: fixture.folder });
});

afterEach(async () => fixture.close());

describe('overlays', () => {
  const overlay = [
    'spec:',
    '  teams:',
    '    - {name: developers, members: [alice]}',
    '  quota: {size: 10Gi}',
    '  repositories:',
    '    - {name: httpd-example, visibility: public}',
    '    - {name: by-hand, description: made by an overlay}',
  ].join('\n');

  test('an overlay adds a team, a quota, a visibility and a repository; without it, what we made goes and values stay', async () => {
    await push(`${folder}/overlays/e2e-demo.yaml`, overlay);
    expect((await apply()).code).toBe(0);
    const { teams } = (await fixture.ask('GET', organization)) as { teams: Record<string, unknown> };
    expect(Object.keys(teams).sort()).toEqual(['developers', 'owners', 'quayside']);
    expect(await fixture.ask('GET', '/repository/openshift_e2e-demo/httpd-example')).toMatchObject({ is_public: true });
    expect(await fixture.ask('GET', `${organization}/quota`)).toMatchObject([{ limit_bytes: 10 * 1024 ** 3 }]);
    expect((await plan()).code).toBe(0);

    await push(`${folder}/overlays/e2e-demo.yaml`, '# nothing any more\n');
    const { stdout, code } = await apply();
    expect(code).toBe(0);
    expect(stdout).toContain('delete team developers');
    expect(await fixture.ask('GET', `${organization}/quota`)).toEqual([]);
    expect(await fixture.ask('GET', '/repository/openshift_e2e-demo/httpd-example')).toMatchObject({ is_public: true });
    await fixture.ask('GET', '/repository/openshift_e2e-demo/by-hand');
  });

  test('a team that was there before an overlay stated it stays when the overlay goes', async () => {
    await fixture.ask('PUT', `${organization}/team/developers`, { role: 'member' });
    await push(`${folder}/overlays/e2e-demo.yaml`, overlay);
    await apply();
    await push(`${folder}/overlays/e2e-demo.yaml`, '# nothing any more\n');
    expect((await apply()).code).toBe(0);
    const { teams } = (await fixture.ask('GET', organization)) as { teams: Record<string, unknown> };
    expect(Object.keys(teams)).toContain('developers');
  });

  test('a broken overlay is reported with its position and removes nothing', async () => {
    await push(`${folder}/overlays/e2e-demo.yaml`, overlay);
    await apply();
    await push(`${folder}/overlays/e2e-demo.yaml`, 'spec:\n  teems: []\n');
    const { code, stderr } = await apply();
    expect(code).toBe(1);
    expect(stderr).toContain(`${folder}/overlays/e2e-demo.yaml`);
    expect(stderr).toContain('teams');
    const { teams } = (await fixture.ask('GET', organization)) as { teams: Record<string, unknown> };
    expect(Object.keys(teams)).toContain('developers');
  });
});

describe("people's documents", () => {
  const document = (name: string, more = '') =>
    `apiVersion: quayside.dev/v1alpha1\nkind: QuayOrganization\nmetadata: {name: ${name}}\nspec:\n  integration: quay\n  name: ${name}\n${more}`;

  test("a person's document is applied, never rewritten and never removed", async () => {
    const text = document('devtools', '  repositories:\n    - {name: ci-image, visibility: public}\n');
    await push(`${folder}/organizations/devtools.yaml`, text);
    expect((await apply()).code).toBe(0);
    await fixture.ask('GET', '/repository/devtools/ci-image');
    await fixture.cluster();
    await apply('--max-deletions', '9');
    git('pull', '--quiet');
    expect(git('show', `HEAD:${folder}/organizations/devtools.yaml`)).toBe(text);
    await fixture.ask('GET', '/organization/devtools');
  });

  test('a document that a person takes out of Git leaves its organization in Quay', async () => {
    await push(`${folder}/organizations/devtools.yaml`, document('devtools'));
    await apply();
    git('pull', '--quiet', '--rebase');
    git('rm', '--quiet', `${folder}/organizations/devtools.yaml`);
    git('commit', '--quiet', '--message', 'Leave devtools alone');
    git('push', '--quiet');
    expect((await apply('--max-deletions', '9')).code).toBe(0);
    await fixture.ask('GET', '/organization/devtools');
  });

  test('ignore.yaml keeps a document as it is', async () => {
    await push(`${folder}/ignore.yaml`, 'namespaces: [e2e-*]\n');
    await fixture.cluster(
      project('e2e-demo'),
      imageStream('e2e-demo', 'httpd-example'),
      imageStream('e2e-demo', 'other'),
    );
    const { code, stdout } = await apply();
    expect(code).toBe(0);
    expect(stdout).toContain('ignore.yaml');
    await expect(fixture.ask('GET', '/repository/openshift_e2e-demo/other')).rejects.toThrow('404');
  });
});

describe('the history of the state repository', () => {
  test('D9: what a person reverts stays reverted until the input changes', async () => {
    await fixture.cluster(
      project('e2e-demo'),
      imageStream('e2e-demo', 'httpd-example'),
      imageStream('e2e-demo', 'worker'),
    );
    await apply();
    git('pull', '--quiet');
    git('revert', '--no-edit', 'HEAD');
    git('push', '--quiet');
    const held = await apply();
    expect(held.code).toBe(0);
    expect(held.stdout).toContain('reverted our change');
    git('pull', '--quiet');
    expect(git('show', `HEAD:${folder}/organizations/e2e-demo.yaml`)).not.toContain('worker');

    await fixture.cluster(
      project('e2e-demo'),
      ...['httpd-example', 'worker', 'mailer'].map((name) => imageStream('e2e-demo', name)),
    );
    await apply();
    git('pull', '--quiet');
    expect(git('show', `HEAD:${folder}/organizations/e2e-demo.yaml`)).toContain('worker');
  });

  test('a branch that lost the last applied commit removes nothing until a person agrees', async () => {
    await fixture.cluster(project('e2e-demo'), project('other'), imageStream('e2e-demo', 'httpd-example'));
    await apply();
    git('pull', '--quiet');
    git('reset', '--quiet', '--hard', 'HEAD~1');
    git('commit', '--quiet', '--allow-empty', '--message', 'Another history');
    // The embedded repository refuses to lose commits; whoever has its folder can do it all the same.
    git('push', '--quiet', 'origin', 'HEAD:refs/heads/another');
    git('--git-dir', fixture.file('.quayside/state.git'), 'update-ref', 'refs/heads/main', 'refs/heads/another');
    await fixture.cluster(project('e2e-demo'));
    const held = await apply('--max-deletions', '5');
    expect(held.code).toBe(1);
    expect(held.stderr).toContain('HistoryDiverged');
    await fixture.ask('GET', '/organization/openshift_other');
    expect((await apply('--max-deletions', '5', '--accept-history')).code).toBe(0);
    await expect(fixture.ask('GET', '/organization/openshift_other')).rejects.toThrow('404');
  });

  test('another cluster does not write into the folder', async () => {
    const stranger = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: 'another' } };
    await fixture.write('cluster.json', { apiVersion: 'v1', kind: 'List', items: [stranger, project('new')] });
    const { code, stderr } = await apply();
    expect(code).toBe(1);
    expect(stderr).toContain('ClusterChanged');
    await expect(fixture.ask('GET', '/organization/openshift_new')).rejects.toThrow('404');
  });
});

describe('an integration that is suspended', () => {
  test('is planned and nothing is written', async () => {
    await fixture.cluster(project('e2e-demo'), project('new'));
    await fixture.integration({ suspend: true });
    const before = fixture.quay.requests.counts().writes;
    const head = git('ls-remote', 'origin');
    const { stdout } = await apply();
    expect(stdout).toContain('openshift_new');
    expect(fixture.quay.requests.counts().writes).toBe(before);
    expect(git('ls-remote', 'origin')).toBe(head);
  });
});
