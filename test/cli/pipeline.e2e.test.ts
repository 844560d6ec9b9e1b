import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Scene } from './quayside.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
  await scene.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
});

afterEach(async () => scene.close());

const organization = '/organization/openshift_e2e-demo';

describe('the road from the cluster over Git to Quay', () => {
  test('plan says what is to be done, twice with the same bytes, and writes nothing', async () => {
    const first = await scene.run('plan', ...scene.road);
    const second = await scene.run('plan', ...scene.road);
    expect(first.stderr).toBe('');
    expect(first.code).toBe(2);
    expect(first.stdout).toContain('openshift_e2e-demo');
    expect(second.stdout).toBe(first.stdout);
    expect(scene.quay.requests.counts().writes).toBe(0);
  });

  test('plan can be a comment of a pull request', async () => {
    const { code, stdout } = await scene.run('plan', ...scene.road, '-o', 'markdown');
    expect(code).toBe(2);
    expect(stdout).toContain('### Additive (9)');
    expect(stdout).not.toContain('Cluster:');
  });

  test('apply makes organization, robots, default permissions and repository with one read and nine writes', async () => {
    const { code, stderr } = await scene.run('apply', ...scene.road);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(scene.quay.requests.counts().writes).toBe(9);
    const { robots } = (await scene.ask('GET', `${organization}/robots`)) as { robots: { name: string }[] };
    expect(robots.map(({ name }) => name).sort()).toEqual(
      ['builder', 'default', 'deployer'].map((name) => `openshift_e2e-demo+${name}`),
    );
    await scene.ask('GET', '/repository/openshift_e2e-demo/httpd-example');
  });

  test('after apply the plan is empty and exits 0, and another apply writes nothing', async () => {
    await scene.run('apply', ...scene.road);
    const plan = await scene.run('plan', ...scene.road);
    expect({ code: plan.code, stderr: plan.stderr }).toEqual({ code: 0, stderr: '' });
    const writes = scene.quay.requests.counts().writes;
    expect((await scene.run('apply', ...scene.road)).code).toBe(0);
    expect(scene.quay.requests.counts().writes).toBe(writes);
  });

  test('what somebody took away in Quay comes back, and nothing else changes', async () => {
    await scene.run('apply', ...scene.road);
    await scene.ask('DELETE', `${organization}/robots/deployer`);
    const plan = await scene.run('plan', ...scene.road);
    expect(plan.code).toBe(2);
    expect(plan.stdout).toContain('create robot deployer');
    expect((await scene.run('apply', ...scene.road)).code).toBe(0);
    expect((await scene.run('plan', ...scene.road)).code).toBe(0);
  });

  test('an organization that somebody else made is left alone and named', async () => {
    await scene.ask('POST', '/organization/', { name: 'openshift_e2e-demo' });
    await scene.ask('POST', '/repository', {
      namespace: 'openshift_e2e-demo',
      repository: 'theirs',
      visibility: 'private',
      description: '',
    });
    const writes = scene.quay.requests.counts().writes;
    const { code, stdout, stderr } = await scene.run('apply', ...scene.road);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('OrganizationNotOurs');
    expect(scene.quay.requests.counts().writes).toBe(writes);
  });

  test('diff shows the files that a commit would change and exits 2, then 0', async () => {
    const before = await scene.run('diff', ...scene.road);
    expect(before.code).toBe(2);
    expect(before.stdout).toContain('+++ b/clusters/openshift/organizations/e2e-demo.yaml');
    await scene.run('apply', ...scene.road);
    const after = await scene.run('diff', ...scene.road);
    expect({ code: after.code, stdout: after.stdout }).toEqual({ code: 0, stdout: '' });
  });

  test('render prints the documents as YAML, and as JSON on request', async () => {
    const yaml = await scene.run('render', ...scene.road);
    expect(yaml.code).toBe(0);
    expect(yaml.stdout).toContain('kind: QuayOrganization');
    const json = await scene.run('render', ...scene.road, '-o', 'json');
    expect((JSON.parse(json.stdout) as { items: unknown[] }).items).toHaveLength(1);
  });

  test('a token shows in no output', async () => {
    const runs = [
      await scene.run('plan', ...scene.road, '-o', 'json'),
      await scene.run('apply', ...scene.road, '-o', 'json'),
    ];
    const { robots } = (await scene.ask('GET', `${organization}/robots`)) as { robots: { token: string }[] };
    for (const secret of [scene.token, ...robots.map(({ token }) => token)]) {
      for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe('deleting', () => {
  const gone = async (...args: readonly string[]) => {
    await scene.run('apply', ...scene.road);
    await scene.cluster();
    return scene.run('apply', ...scene.road, ...args);
  };

  test('without --max-deletions an organization whose namespace is gone is listed and left', async () => {
    const { code, stdout } = await gone();
    expect(code).toBe(0);
    expect(stdout).toContain('openshift_e2e-demo');
    await scene.ask('GET', organization);
  });

  test('with --max-deletions it goes', async () => {
    const { code } = await gone('--max-deletions', '1');
    expect(code).toBe(0);
    await expect(scene.ask('GET', organization)).rejects.toThrow('404');
  });

  test('what was left the first time is still known the next time', async () => {
    await gone();
    expect((await scene.run('apply', ...scene.road, '--max-deletions', '1')).code).toBe(0);
    await expect(scene.ask('GET', organization)).rejects.toThrow('404');
  });

  test('a namespace that is only deny-listed keeps its organization', async () => {
    await scene.run('apply', ...scene.road);
    await scene.integration({ denylistNamespaces: ['e2e-demo'] });
    expect((await scene.run('apply', ...scene.road, '--max-deletions', '5')).code).toBe(0);
    await scene.ask('GET', organization);
  });
});
