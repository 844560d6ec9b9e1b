import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
});

afterEach(async () => fixture.close());

const organization = '/organization/openshift_e2e-demo';

describe('the pipeline from the cluster over Git to Quay', () => {
  test('plan says what is to be done, twice with the same bytes, and writes nothing', async () => {
    const first = await fixture.run('plan', ...fixture.inputArguments);
    const second = await fixture.run('plan', ...fixture.inputArguments);
    expect(first.stderr).toBe('');
    expect(first.code).toBe(2);
    expect(first.stdout).toContain('openshift_e2e-demo');
    expect(second.stdout).toBe(first.stdout);
    expect(fixture.quay.requests.counts().writes).toBe(0);
  });

  test('plan can be a comment of a pull request', async () => {
    const { code, stdout } = await fixture.run('plan', ...fixture.inputArguments, '-o', 'markdown');
    expect(code).toBe(2);
    expect(stdout).toContain('### Additive (9)');
    expect(stdout).not.toContain('Cluster:');
  });

  test('apply makes organization, robots, default permissions and repository with one read and nine writes', async () => {
    const { code, stderr } = await fixture.run('apply', ...fixture.inputArguments);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(fixture.quay.requests.counts().writes).toBe(9);
    const { robots } = (await fixture.ask('GET', `${organization}/robots`)) as { robots: { name: string }[] };
    expect(robots.map(({ name }) => name).sort()).toEqual(
      ['builder', 'default', 'deployer'].map((name) => `openshift_e2e-demo+${name}`),
    );
    await fixture.ask('GET', '/repository/openshift_e2e-demo/httpd-example');
  });

  test('after apply the plan is empty and exits 0, and another apply writes nothing', async () => {
    await fixture.run('apply', ...fixture.inputArguments);
    const plan = await fixture.run('plan', ...fixture.inputArguments);
    expect({ code: plan.code, stderr: plan.stderr }).toEqual({ code: 0, stderr: '' });
    const writes = fixture.quay.requests.counts().writes;
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    expect(fixture.quay.requests.counts().writes).toBe(writes);
  });

  test('what was removed in Quay is created again, and nothing else changes', async () => {
    await fixture.run('apply', ...fixture.inputArguments);
    await fixture.ask('DELETE', `${organization}/robots/deployer`);
    const plan = await fixture.run('plan', ...fixture.inputArguments);
    expect(plan.code).toBe(2);
    expect(plan.stdout).toContain('create robot deployer');
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    expect((await fixture.run('plan', ...fixture.inputArguments)).code).toBe(0);
  });

  test('an organization that somebody else created is skipped and named', async () => {
    await fixture.ask('POST', '/organization/', { name: 'openshift_e2e-demo' });
    await fixture.ask('POST', '/repository', {
      namespace: 'openshift_e2e-demo',
      repository: 'theirs',
      visibility: 'private',
      description: '',
    });
    const writes = fixture.quay.requests.counts().writes;
    const { code, stdout, stderr } = await fixture.run('apply', ...fixture.inputArguments);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('OrganizationNotOurs');
    expect(fixture.quay.requests.counts().writes).toBe(writes);
  });

  test('diff shows the files that a commit would change and exits 2, then 0', async () => {
    const before = await fixture.run('diff', ...fixture.inputArguments);
    expect(before.code).toBe(2);
    expect(before.stdout).toContain('+++ b/clusters/openshift/organizations/e2e-demo.yaml');
    await fixture.run('apply', ...fixture.inputArguments);
    const after = await fixture.run('diff', ...fixture.inputArguments);
    expect({ code: after.code, stdout: after.stdout }).toEqual({ code: 0, stdout: '' });
  });

  test('render prints the documents as YAML, and as JSON on request', async () => {
    const yaml = await fixture.run('render', ...fixture.inputArguments);
    expect(yaml.code).toBe(0);
    expect(yaml.stdout).toContain('kind: QuayOrganization');
    const json = await fixture.run('render', ...fixture.inputArguments, '-o', 'json');
    expect((JSON.parse(json.stdout) as { items: unknown[] }).items).toHaveLength(1);
  });

  test('a token shows in no output', async () => {
    const runs = [
      await fixture.run('plan', ...fixture.inputArguments, '-o', 'json'),
      await fixture.run('apply', ...fixture.inputArguments, '-o', 'json'),
    ];
    const { robots } = (await fixture.ask('GET', `${organization}/robots`)) as { robots: { token: string }[] };
    for (const secret of [fixture.token, ...robots.map(({ token }) => token)]) {
      for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe('deleting', () => {
  const gone = async (...args: readonly string[]) => {
    await fixture.run('apply', ...fixture.inputArguments);
    await fixture.cluster();
    return fixture.run('apply', ...fixture.inputArguments, ...args);
  };

  test('without --max-deletions an organization whose namespace is gone is listed and left', async () => {
    const { code, stdout } = await gone();
    expect(code).toBe(0);
    expect(stdout).toContain('openshift_e2e-demo');
    await fixture.ask('GET', organization);
  });

  test('with --max-deletions the organization is deleted', async () => {
    const { code } = await gone('--max-deletions', '1');
    expect(code).toBe(0);
    await expect(fixture.ask('GET', organization)).rejects.toThrow('404');
  });

  test('what was left the first time is still known the next time', async () => {
    await gone();
    expect((await fixture.run('apply', ...fixture.inputArguments, '--max-deletions', '1')).code).toBe(0);
    await expect(fixture.ask('GET', organization)).rejects.toThrow('404');
  });

  test('a namespace that is only deny-listed keeps its organization', async () => {
    await fixture.run('apply', ...fixture.inputArguments);
    await fixture.integration({ denylistNamespaces: ['e2e-demo'] });
    expect((await fixture.run('apply', ...fixture.inputArguments, '--max-deletions', '5')).code).toBe(0);
    await fixture.ask('GET', organization);
  });
});
