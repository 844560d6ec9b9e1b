import { chown, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { exec } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Finished, start } from '../support/quayside.js';

const program = resolve(import.meta.dirname, '../../bin/quayside.js');

const registry = `apiVersion: quay.redhat.com/v1
kind: QuayRegistry
metadata:
  name: registry
  namespace: quay
spec:
  configBundleSecret: registry-bundle
  components:
    - kind: quay
      managed: true
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quayside-registry-'));
  await mkdir(join(folder, 'bundle'));
  await write('registry.yaml', registry);
  await write('bundle/config.yaml', 'SERVER_HOSTNAME: quay.example.com\n');
});
afterEach(() => rm(folder, { recursive: true }));

const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);
const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const run = (...args: readonly string[]): Promise<Finished> => start(['registry', ...args], { cwd: folder }).finished;
const given = ['-f', 'registry.yaml', '--bundle', 'bundle'] as const;
const offline = [...given, '--offers', 'openshift'] as const;

describe('registry render', () => {
  test('prints manifests without a secret, and writes Secrets into a file of mode 0600', async () => {
    const { code, stdout, stderr } = await run('render', ...offline, '--secrets-to', 'secrets.yaml');
    expect(code).toBe(0);
    expect(stderr).toContain('Wrote 10 Secrets into secrets.yaml. Keep them out of Git.\n');
    expect(stderr).toContain('the Secret registry-quay-config-secret is not complete: the ObjectBucketClaim');
    expect(stdout).toContain('name: registry-quay-app');
    expect(stdout).not.toContain('kind: Secret\n');
    expect(((await stat(join(folder, 'secrets.yaml'))).mode & 0o777).toString(8)).toBe('600');
    expect(await read('secrets.yaml')).toContain('name: registry-quay-registry-managed-secret-keys');
  });

  test('K35 gives the same bytes again, keys and passwords among them', async () => {
    const first = await run('render', ...offline, '--secrets-to', 'secrets.yaml');
    const secrets = await read('secrets.yaml');
    const second = await run('render', ...offline, '--secrets-to', 'secrets.yaml');
    expect(second.stdout).toBe(first.stdout);
    expect(await read('secrets.yaml')).toBe(secrets);
  });

  test('replaces a file that everybody may read by one of mode 0600', async () => {
    await write('secrets.yaml', '');
    expect((await run('render', ...offline, '--secrets-to', 'secrets.yaml')).code).toBe(0);
    expect(((await stat(join(folder, 'secrets.yaml'))).mode & 0o777).toString(8)).toBe('600');
  });

  test.each(['a link', 'a pipe of the system'])('refuses %s for the Secrets, and leaves it as it is', async (what) => {
    const path = what === 'a link' ? 'secrets.yaml' : '/dev/null';
    if (what === 'a link') {
      await write('elsewhere.yaml', '');
      await symlink('elsewhere.yaml', join(folder, path));
    }
    const { code, stdout, stderr } = await run('render', ...offline, '--secrets-to', path);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/: is (?:a link|no plain file) \(Name a plain file/);
    if (what === 'a link') expect(await read('elsewhere.yaml')).toBe('');
  });

  test('refuses a file of another user for the Secrets, whose keys he may know', async () => {
    const isRoot = process.getuid?.() === 0;
    await write('theirs.yaml', '');
    if (isRoot) await chown(join(folder, 'theirs.yaml'), 65_534, 65_534);
    const theirs = isRoot ? 'theirs.yaml' : '/etc/hostname';
    const { code, stderr } = await run('render', ...offline, '--secrets-to', theirs);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('belongs to another user, who may know the keys in it'),
    ]);
  });

  test('takes the token of the builders from the Secret that the options name', async () => {
    const options = `---
apiVersion: quayside.dev/v1alpha1
kind: QuayRegistryOptions
metadata: {name: registry, namespace: quay}
spec: {builders: {namespace: builds, tokenSecretRef: {name: builder}}}
`;
    await write('registry.yaml', `${registry}${options}`);
    await write('bundle/config.yaml', 'SERVER_HOSTNAME: quay.example.com\nBUILDMAN_HOSTNAME: builds.example.com\n');
    const lacking = await run('check', ...offline);
    expect(lacking.stdout).toContain('spec.builders.tokenSecretRef: the Secret builder has no key token');
    await write('token.yaml', 'kind: Secret\nmetadata: {name: builder}\nstringData: {token: token-canary}\n');
    const { code, stdout } = await run('render', ...offline, '-f', 'token.yaml', '--secrets-to', 'secrets.yaml');
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('token-canary')]);
    const texts = [...(await read('secrets.yaml')).matchAll(/config\.yaml: (\S+)/g)].map(([, text = '']) => atob(text));
    expect(texts.join('')).toContain('SERVICE_ACCOUNT_TOKEN: token-canary');
  });

  test('refuses to put Secrets where its own output goes', async () => {
    const shell = `"${process.execPath}" "${program}" registry render ${offline.join(' ')} --secrets-to m.yaml > m.yaml`;
    await expect(promisify(exec)(shell, { cwd: folder })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('m.yaml: is where the manifests go'),
    });
    expect(await read('m.yaml')).toBe('');
  });

  test('prints nothing when something is wrong, and writes no file', async () => {
    const { code, stdout, stderr } = await run('render', ...given, '--offers', 'kubernetes', '--secrets-to', 's.yaml');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: .*DISTRIBUTED_STORAGE_CONFIG/);
    expect(stderr).toMatch(/\nNothing is printed or written while there is an error\.\n$/);
    await expect(stat(join(folder, 's.yaml'))).rejects.toThrow('ENOENT');
  });

  test('says that generated keys are lost where nobody keeps them', async () => {
    const { code, stderr } = await run('render', ...offline);
    expect(code).toBe(0);
    expect(stderr).toContain('Give --secrets-to');
  });

  test('prints a list as JSON', async () => {
    const { stdout } = await run('render', ...offline, '-o', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'List', apiVersion: 'v1' });
  });
});

describe('registry check', () => {
  test('lists all faults at once, with object, place and hint', async () => {
    const config = 'SERVER_HOSTNAME: https://quay.example.com/x\nFEATURE_MAILNG: true\nSESSION_TIMEOUT: 5 minutes\n';
    await write('bundle/config.yaml', config);
    await write('registry.yaml', `${registry}    - kind: redis\n      managed: true\n      overrides: {replicas: 2}\n`);
    const { code, stdout } = await run('check', ...given, '--offers', 'kubernetes');
    expect(code).toBe(1);
    for (const expected of [
      /^error: bundle \(config\.yaml\):1: Secret\/registry-bundle SERVER_HOSTNAME: .+/m,
      /^error: bundle \(config\.yaml\):3: Secret\/registry-bundle SESSION_TIMEOUT: is no duration \(.+\)$/m,
      /^error: registry\.yaml:\d+: QuayRegistry\/registry spec\.components\[1\].+/m,
      /^warning: bundle \(config\.yaml\):2: .*FEATURE_MAILNG.* \(Did you mean FEATURE_MAILING\?\)$/m,
    ]) {
      expect(stdout).toMatch(expected);
    }
    const { stdout: json } = await run('check', ...given, '--offers', 'kubernetes', '-o', 'json');
    const { faults, errors } = JSON.parse(json) as { faults: { severity: string }[]; errors: number };
    expect(faults.filter(({ severity }) => severity === 'error')).toHaveLength(errors);
  });

  test('of what the schema refuses it names the line, and the bundle is looked at all the same', async () => {
    await write('registry.yaml', registry.replace('managed: true', 'managed: maybe'));
    await write('bundle/config.yaml', 'SERVER_HOSTNAME: a.test\nSERVER_HOSTNAME: a.test\n');
    const { code, stdout, stderr } = await run('check', ...offline);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/registry\.yaml:10: QuayRegistry\/registry spec\.components\[0\]\.managed: .+ \(Write true/);
    expect(stdout).toMatch(/bundle \(config\.yaml\):2: .*stands twice/);
    const { stdout: json } = await run('check', ...offline, '-o', 'json');
    expect(JSON.parse(json)).toMatchObject({
      registry: 'quay/registry',
      errors: 2,
      faults: [{ line: 10 }, { line: 2 }],
    });
  });

  test('of standard input without an end it reads no more than it takes', async () => {
    const shell = `yes '# more' | "${process.execPath}" "${program}" registry check -f - --offers openshift`;
    await expect(promisify(exec)(shell, { cwd: folder })).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('standard input: is longer than 16777216 bytes'),
    });
  });

  test('a registry that names no bundle, with --bundle given, is told the line to add', async () => {
    await write(
      'registry.yaml',
      registry.replace('configBundleSecret: registry-bundle', 'components: []').slice(0, 110),
    );
    const { stdout } = await run('check', ...offline);
    expect(stdout).toMatch(
      /registry\.yaml:\d+: QuayRegistry\/registry spec\.configBundleSecret: is not set.*Add configBundleSecret: registry-config-bundle/,
    );
  });

  test('of a Secret in a file that is no YAML it quotes nothing', async () => {
    await write('registry.yaml', `${registry}---\nkind: Secret\nstringData:\n  a: *pass-canary\n  b: !pass-canary x\n`);
    const { code, stdout, stderr } = await run('check', ...offline);
    expect([code, `${stdout}${stderr}`]).toEqual([1, expect.not.stringContaining('canary')]);
  });

  test.each(['yaml', 'markdown'])('prints %s as well', async (format) => {
    const { code, stdout } = await run('check', ...offline, '-o', format);
    expect(code).toBe(0);
    expect(stdout).toMatch(format === 'yaml' ? /^registry: quay\/registry$/m : /^No faults\.$/m);
  });

  test.each([
    [['-f', 'nowhere.yaml', '--offers', 'openshift'], 'nowhere.yaml: there is no such file'],
    [['--offers', 'openshift'], 'no file has a QuayRegistry'],
    [['other', '-f', 'registry.yaml', '--offers', 'openshift'], 'there is no such QuayRegistry'],
    [[...offline, '--facts', 'facts.yaml'], 'cannot be used with'],
    [[...given, '--facts', 'bundle/config.yaml'], 'quayside registry facts'],
    [[...offline, '-f', '/dev/zero'], '/dev/zero: is longer than 16777216 bytes'],
    [['-f', 'registry.yaml', '--bundle', '/dev/zero', '--offers', 'openshift'], '/dev/zero: is longer than'],
    [[...given, '--facts', '/dev/zero'], '/dev/zero: is longer than'],
  ])('%j is refused with a hint', async (args, message) => {
    const { code, stdout, stderr } = await run('check', ...args);
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain(message);
  });

  test('of files that cannot be read it prints faults as well', async () => {
    const { code, stdout } = await run('check', '-f', 'nowhere.yaml', '--offers', 'openshift', '-o', 'json');
    const fault = { severity: 'error', object: 'nowhere.yaml', source: 'nowhere.yaml', path: '' };
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        registry: null,
        errors: 1,
        warnings: 0,
        faults: [
          { ...fault, message: 'there is no such file or folder', hint: expect.stringMatching(/^Check the path/) },
        ],
      },
    ]);
  });
});

describe('registry plan and diff', () => {
  const rendered = async (): Promise<void> => {
    const { stdout } = await run('render', ...offline, '--secrets-to', 'secrets.yaml');
    await write('manifests.yaml', stdout);
  };
  const against = ['--keys', 'secrets.yaml', '--against', 'manifests.yaml', 'secrets.yaml'] as const;

  test('say that there is nothing to do', async () => {
    await rendered();
    const { code, stdout } = await run('plan', ...offline, ...against);
    expect([code, stdout]).toEqual([0, 'Registry quay/registry: nothing to change.\n']);
    expect(await run('diff', ...offline, ...against)).toMatchObject({ code: 0, stdout: 'No difference.\n' });
  });

  test('say what changes, what restarts and why, without a secret', async () => {
    await rendered();
    await write('bundle/config.yaml', 'SERVER_HOSTNAME: other.example.com\nMAIL_PASSWORD: canary\n');
    const { code, stdout } = await run('plan', ...offline, ...against);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^~ change Route\/registry-quay$/m);
    expect(stdout).toContain('spec.host: quay.example.com → other.example.com');
    expect(stdout).toMatch(/restarts its pods: .*Secret\/registry-quay-config-secret.* changes/);
    expect(stdout).toContain('objects, their labels or annotations only');
    const formats = await Promise.all(
      ['json', 'yaml', 'markdown'].map((format) => run('plan', ...offline, ...against, '-o', format)),
    );
    const diff = await run('diff', ...offline, ...against);
    expect(diff.code).toBe(2);
    expect(diff.stdout).toContain('+  host: other.example.com');
    for (const one of [stdout, diff.stdout, ...formats.map((finished) => finished.stdout)]) {
      expect(one).not.toContain('canary');
    }
  });

  test('compare nothing while there is an error, and say so', async () => {
    await rendered();
    await write('bundle/config.yaml', 'SERVER_HOSTNAME: https://quay.example.com\n');
    for (const format of ['text', 'json']) {
      const { code, stdout, stderr } = await run('plan', ...offline, ...against, '-o', format);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^error: .*SERVER_HOSTNAME: has the scheme https:\/\/.*\n[^]*Nothing is compared/);
    }
  });

  test('without a cluster and without a rendering there is nothing to compare with', async () => {
    const { code, stderr } = await run('plan', ...offline);
    expect(code).toBe(1);
    expect(stderr).toContain('--against');
  });
});
