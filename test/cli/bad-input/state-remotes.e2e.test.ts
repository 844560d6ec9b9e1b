import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { imageStream, project, Scene } from '../quayside.js';
import { refusal, sayingOf } from './refusal.js';
import { git, head } from './state-repository.js';

let scene: Scene;
let environment: Record<string, string>;

beforeAll(async () => {
  scene = await Scene.open();
  await scene.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
  environment = { QUAYSIDE_CACHE: scene.file('cache') };
});

afterAll(async () => scene.close());

const at = (state: string, more: Record<string, string> = {}): Promise<string> =>
  refusal(scene, [...scene.road, '--state', state], { environment: { ...environment, ...more } });

describe('a state repository', () => {
  test.each([
    [
      'http://127.0.0.1:1/state.git',
      /GitUnreachable.*127\.0\.0\.1:1\/state\.git.*cannot be reached[^]*Check the address/,
    ],
    ['https://me:hidden-word@127.0.0.1:1/state.git', /GitUnreachable.*https:\/\/127\.0\.0\.1:1\/state\.git/],
    ['ssh://git@127.0.0.1:1/state.git', /GitUnreachable.*cannot be reached[^]*Check the address/],
    ['file:///nowhere/state.git', /GitRepositoryNotFound.*does not exist[^]*Create the repository first/],
    ['ftp://example.com/state.git', /InvalidGitUrl.*not one that git understands[^]*Write https:\/\/host/],
    ['cluster.json', /NoStateRepository.*cluster\.json is no folder[^]*Choose a new or an empty folder/],
    [
      'full',
      /NoStateRepository.*is no bare git repository and is not empty: it holds "letter"[^]*Choose an empty folder/,
    ],
  ])('at %s is refused, and Quay left as it is', async (state, expected) => {
    await mkdir(scene.file('full'), { recursive: true });
    await writeFile(scene.file('full/letter'), 'dear all');
    const said = await at(state);
    expect(said).toMatch(expected);
    expect(said).not.toContain('hidden-word');
  });

  test('whose credentials are missing says which, and where they could come from', async () => {
    const ssh = 'ssh://git@127.0.0.1:1/state.git';
    const ways = /CredentialsMissing[^]*QUAYSIDE_GIT_PASSWORD/;
    expect(await at(ssh, { QUAYSIDE_GIT_SSH_KEY_FILE: 'nowhere' })).toMatch(/QUAYSIDE_GIT_KNOWN_HOSTS_FILE is needed/);
    expect(await at(ssh, { QUAYSIDE_GIT_SSH_KEY_FILE: 'nowhere', QUAYSIDE_GIT_KNOWN_HOSTS_FILE: 'nowhere' })).toMatch(
      ways,
    );
    await scene.integration({ git: { url: 'http://127.0.0.1:1/state.git', secretRef: { name: 'git' } } });
    const said = await refusal(scene, scene.road, { environment });
    expect(said).toMatch(/there is no Secret quayside\/git with the credentials of the state repository/);
    expect(said).toMatch(ways);
    await scene.integration();
  });
});

describe('a remote', () => {
  const folder = 'remote.git';
  const address = (): string => `file://${scene.file(folder)}`;
  const hook = async (text: string): Promise<void> => {
    await mkdir(scene.file(`${folder}/hooks`), { recursive: true });
    await writeFile(scene.file(`${folder}/hooks/pre-receive`), `#!/bin/sh\n${text}\n`);
    await chmod(scene.file(`${folder}/hooks/pre-receive`), 0o755);
  };
  const apply = (): ReturnType<Scene['run']> =>
    scene.start(['apply', ...scene.road, '--state', address()], environment).finished;

  beforeAll(async () => {
    await mkdir(scene.file(folder));
    git(scene, ['init', '--bare', '--initial-branch=main'], '', folder);
  });

  test('that takes no push is told with its own words, and Quay left as it is', async () => {
    await hook('echo "only reviewed changes, please" >&2; exit 1');
    expect(await at(address())).toMatch(
      /PushDenied.*does not take the push.*only reviewed changes, please[^]*Allow the token/,
    );
    expect(head(scene, folder)).toBeUndefined();
  });

  test('that takes the documents, and not what is to be remembered, gets it from the next apply', async () => {
    await hook('while read old new ref; do case $ref in refs/quayside/*) echo "strange ref" >&2; exit 1;; esac; done');
    const finished = await apply();
    expect(finished.code).toBe(1);
    expect(finished.stdout).toContain('changes done');
    expect(sayingOf(scene, finished)).toMatch(/error \(PushDenied\).*strange ref/);
    await rm(scene.file(`${folder}/hooks/pre-receive`));
    const again = await apply();
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    expect(again.stdout).toContain('Nothing to do.');
  });
});
