import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../../support/quayside.js';
import { refusal } from './refusal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
});

beforeEach(async () => fixture.integration());

afterAll(async () => fixture.close());

const integrationOf = (name: string): string =>
  JSON.stringify({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name },
    spec: { quayHostname: 'quay.example.com', credentialsSecret: { namespace: 'quayside', name: 'quay' } },
  });

describe('the integration', () => {
  test.each([
    [
      'a path',
      { quayHostname: 'https://quay.example.com/v2' },
      /InvalidHostname.*carries a path[^]*Write only the host/,
    ],
    ['no address', { quayHostname: 'the registry' }, /InvalidHostname.*contains a space[^]*Write only the host/],
    ['an empty address', { quayHostname: '' }, /integration\.yaml:1: spec\.quayHostname: must not be empty/],
    ['another scheme', { quayHostname: 'ftp://quay' }, /InvalidHostname.*has the scheme ftp/],
    ['credentials', { quayHostname: 'https://me:mine@quay' }, /InvalidHostname.*quayHostname carries credentials/],
    ['a port out of range', { quayHostname: 'quay:99999' }, /InvalidHostname.*port out of range/],
    ['a misspelt field', { clusterId: 'x' }, /spec\.clusterId: unknown field \(did you mean clusterID/],
    ['another type', { denylistNamespaces: 'x' }, /spec\.denylistNamespaces: must be a list, not text/],
    ['an empty clusterID', { clusterID: ' ' }, /InvalidClusterID.*is empty[^]*Set spec\.clusterID/],
    ['a long clusterID', { clusterID: 'a'.repeat(64) }, /InvalidClusterID.*64 characters[^]*Set spec\.clusterID/],
    [
      'a path that leaves',
      { git: { path: '../x' } },
      /git\.path "\.\.\/x" leaves the repository[^]*Name a folder inside/,
    ],
    ['a path into .git', { git: { path: 'a/.git/hooks' } }, /leaves the repository or cannot be a folder/],
    ['no branch', { git: { branch: 'a..b' } }, /"refs\/heads\/a\.\.b" is not a name[^]*spec\.git\.branch/],
    [
      'a host without scheme',
      { git: { url: 'git.example.com/a/b.git' } },
      /InvalidGitUrl.*spec\.git\.url[^]*Write https/,
    ],
    ['review', { git: { review: 'All' } }, /NoForge.*spec\.git\.review is All[^]*spec\.git\.review to None/],
    [
      'a certificate authority that is not there',
      { certificateAuthority: { configMap: { namespace: 'a', name: 'b', key: 'c' } } },
      /there is no ConfigMap a\/b[^]*Create it in the namespace a/,
    ],
  ])('with %s is refused', async (_, spec, expected) => {
    await fixture.integration(spec);
    const said = await refusal(fixture, fixture.inputArguments);
    expect(said).toMatch(expected);
    expect(said).not.toContain('mine@');
  });

  test.each([
    ['tabs.yaml', 'kind: QuayIntegration\nspec:\n\tx: y\n', /tabs\.yaml:3:1: .*tab.*Indent with spaces/],
    [
      'map.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n',
      /no QuayIntegration in map\.yaml[^]*Create/,
    ],
    [
      'v2.yaml',
      integrationOf('a').replace('/v1', '/v2'),
      /v2\.yaml:1: apiVersion: must be .*did you mean quay\.redhat\.com\/v1/,
    ],
    [
      'two.yaml',
      `${integrationOf('a')}\n${integrationOf('b')}`,
      /there are 2 .* in two\.yaml: a, b[^]*a file of its own/,
    ],
  ])('in %s is refused', async (name, content, expected) => {
    await fixture.write(name, content);
    expect(await refusal(fixture, ['--cluster', 'cluster.json', '--integration', name])).toMatch(expected);
  });

  test('has to be there, alone or by name', async () => {
    await fixture.write('both.json', `${integrationOf('a')}\n${integrationOf('b')}`);
    const from = (...args: readonly string[]): Promise<string> =>
      refusal(fixture, ['--cluster', 'cluster.json', ...args]);
    expect(await from()).toMatch(/there is no QuayIntegration in cluster\.json[^]*name a file that holds one/);
    expect(await from('both.json')).toMatch(/there are 2 QuayIntegrations in .*: a, b[^]*Name the one to use/);
    expect(await from('both.json', '--integration', 'c')).toMatch(/no QuayIntegration c in [^]*There is a, b/);
    expect(await from('--integration', 'nowhere.yaml')).toMatch(
      /nowhere\.yaml: there is no such file or folder \(Check/,
    );
    expect(await refusal(fixture, ['--cluster', '-', '--integration', '-'])).toMatch(
      /cannot both be read from the standard/,
    );
  });

  test.each([
    ['Prod-EU', 'prod-eu'],
    ['../x', 'x-'],
    ['a..b', 'a..b'],
    ['a b/c', 'a-b-c-'],
    ['x.lock', 'x.lock'],
  ])('with the clusterID %j works below one folder, twice', async (clusterID, folder) => {
    await fixture.integration({ clusterID });
    const state = ['--state', `state-${folder}`];
    const first = await fixture.run('apply', ...fixture.inputArguments, ...state);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`+ clusters/${folder}`);
    const second = await fixture.run('apply', ...fixture.inputArguments, ...state);
    expect({ code: second.code, stdout: second.stdout }).toMatchObject({ code: 0 });
    expect(second.stdout).toContain('Nothing to do.');
  });
});

describe('the token', () => {
  const without = { environment: { QUAYSIDE_QUAY_TOKEN: '' } };

  test('has to be somewhere', async () => {
    expect(await refusal(fixture, fixture.inputArguments, without)).toMatch(
      /CredentialsMissing.*no Secret quayside\/quay[^]*QUAYSIDE_QUAY_TOKEN and --token-file/,
    );
  });

  test.each([
    ['missing', undefined, /missing: there is no such file or folder[^]*Check the path/],
    ['empty', '\n', /empty is empty[^]*Write into it/],
    ['words', 'two words', /words holds something that is no token[^]*one word/],
  ])('in a file that is %s is refused', async (name, content, expected) => {
    if (content !== undefined) await fixture.write(name, content);
    expect(await refusal(fixture, [...fixture.inputArguments, '--token-file', name], without)).toMatch(expected);
  });

  test('in a file that is a folder, or has no name, is refused', async () => {
    expect(await refusal(fixture, [...fixture.inputArguments, '--token-file', '.'])).toMatch(/\.: is a folder/);
    expect(await refusal(fixture, [...fixture.inputArguments, '--token-file', ''])).toMatch(/It must not be empty/);
  });

  test('in a file may have a line break behind it', async () => {
    await fixture.write('token', `${fixture.token}\r\n`);
    const { code } = await fixture.start(
      ['plan', ...fixture.inputArguments, '--token-file', 'token'],
      without.environment,
    ).finished;
    expect(code).toBe(2);
  });
});
