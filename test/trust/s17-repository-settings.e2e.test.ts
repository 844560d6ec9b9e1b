import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { git } from '../fixtures/remote.js';
import { Canaries } from './canaries.js';

let fixture: Fixture;
let key: string;

beforeAll(async () => {
  fixture = await Fixture.open();
  key = fixture.file('key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  await writeFile(fixture.file('allowed'), `* ${await readFile(`${key}.pub`, 'utf8')}`);
});
afterAll(() => fixture.close());

const environment = (): Record<string, string> => ({ QUAYSIDE_CACHE: fixture.file('cache') });
const run = (command: string, ...more: readonly string[]) =>
  fixture.start([command, ...fixture.inputArguments, ...more], environment()).finished;

async function clusterWith(git: object, ...namespaces: readonly string[]): Promise<void> {
  const signing = { format: 'ssh', secretRef: { name: 'signing', key: 'identity' } };
  await fixture.integration({ git: { ...git, signing } });
  const identity = (await readFile(key)).toString('base64');
  await fixture.cluster(
    { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'quayside', name: 'signing' }, data: { identity } },
    ...namespaces.flatMap((name) => [project(name), imageStream(name, 'web')]),
  );
}

/** How many commits there are, all signed by the key that was given. */
function signedCommits(repository: string): number {
  const commits = git(repository, 'rev-list', 'main').trim().split('\n');
  const clean = fixture.file('clean.git');
  git(fixture.folder, 'clone', '--quiet', '--bare', repository, clean);
  for (const commit of commits) {
    git(clean, '-c', `gpg.ssh.allowedSignersFile=${fixture.file('allowed')}`, 'verify-commit', commit);
  }
  rmSync(clean, { recursive: true });
  return commits.length;
}

describe.each([
  ['an embedded repository', 'state.git'],
  ['the cache of a remote', 'remote.git'],
])('S17: nothing that the settings of %s name is run', (_, name) => {
  test('by render, plan and apply, and commits are signed all the same', async () => {
    const remote = name === 'remote.git';
    const folder = fixture.file(name);
    const url = remote ? `file://${folder}` : folder;
    if (remote) git(fixture.folder, 'init', '--quiet', '--bare', '--initial-branch=main', folder);
    await clusterWith({ url }, 'shop');
    expect(await run('apply')).toMatchObject({ code: 0, stderr: '' });
    await attributesByHand(folder, name);
    const canaries = await Canaries.hatch(fixture.file(`canaries-of-${name}`));
    const [cached = ''] = remote ? await readdir(fixture.file('cache')) : [];
    const repository = remote ? join(fixture.file('cache'), cached) : folder;
    await canaries.putInto(repository, url);
    if (remote) await canaries.putIntoRemote(folder);
    await clusterWith({ url }, 'shop', 'bank');
    for (const command of ['render', 'plan', 'apply', 'plan']) {
      const { code, stderr } = await run(command);
      expect({ command, stderr, sung: await canaries.sung() }).toEqual({ command, stderr: '', sung: [] });
      expect(code).toBeLessThan(3);
    }
    expect(git(folder, 'log', '--no-show-signature', '--format=%s', 'main')).toContain('bank');
    expect(signedCommits(folder)).toBe(3);
    // It is not that they were taken away.
    expect(await readFile(join(repository, 'config'), 'utf8')).toContain('included');
  });
});

/** A person asks for filters, drivers and text conversions, with a signature of the same key. */
async function attributesByHand(folder: string, name: string): Promise<void> {
  const clone = fixture.file(`clone-of-${name}`);
  git(fixture.folder, 'clone', '--quiet', folder, clone);
  await writeFile(join(clone, '.gitattributes'), '* filter=canary diff=canary merge=canary\n');
  git(clone, 'add', '--all');
  const signed = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${key}`];
  git(clone, ...signed, 'commit', '--quiet', '-S', '--message', 'By hand');
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
}
