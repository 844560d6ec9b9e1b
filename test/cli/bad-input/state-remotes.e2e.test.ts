import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../../support/quayside.js';
import { refusal, sayingOf } from './refusal.js';
import { git, head } from './state-repository.js';

let fixture: Fixture;
let environment: Record<string, string>;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
  environment = { QUAYSIDE_CACHE: fixture.file('cache') };
});

afterAll(async () => fixture.close());

const at = (state: string, more: Record<string, string> = {}): Promise<string> =>
  refusal(fixture, [...fixture.inputArguments, '--state', state], { environment: { ...environment, ...more } });

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
    await mkdir(fixture.file('full'), { recursive: true });
    await writeFile(fixture.file('full/letter'), 'dear all');
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
    await fixture.integration({ git: { url: 'http://127.0.0.1:1/state.git', secretRef: { name: 'git' } } });
    const said = await refusal(fixture, fixture.inputArguments, { environment });
    expect(said).toMatch(/there is no Secret quayside\/git with the credentials of the state repository/);
    expect(said).toMatch(ways);
    await fixture.integration();
  });
});

describe('a remote', () => {
  const folder = 'remote.git';
  const address = (): string => `file://${fixture.file(folder)}`;
  const hook = async (text: string): Promise<void> => {
    await mkdir(fixture.file(`${folder}/hooks`), { recursive: true });
    await writeFile(fixture.file(`${folder}/hooks/pre-receive`), `#!/bin/sh\n${text}\n`);
    await chmod(fixture.file(`${folder}/hooks/pre-receive`), 0o755);
  };
  const apply = (): ReturnType<Fixture['run']> =>
    fixture.start(['apply', ...fixture.inputArguments, '--state', address()], environment).finished;

  beforeAll(async () => {
    await mkdir(fixture.file(folder));
    git(fixture, ['init', '--bare', '--initial-branch=main'], '', folder);
  });

  test('that rejects the push is reported with its own words, and Quay stays as it is', async () => {
    await hook('echo "only reviewed changes, please" >&2; exit 1');
    expect(await at(address())).toMatch(
      /PushDenied.*does not take the push.*only reviewed changes, please[^]*Allow the token/,
    );
    expect(head(fixture, folder)).toBeUndefined();
  });

  test('that takes the documents, and not what is to be remembered, gets it from the next apply', async () => {
    await hook('while read old new ref; do case $ref in */openshift/*) echo "strange ref" >&2; exit 1;; esac; done');
    const finished = await apply();
    expect(finished.code).toBe(1);
    expect(finished.stdout).toContain('changes done');
    expect(sayingOf(fixture, finished)).toMatch(/error \(PushDenied\).*strange ref/);
    await rm(fixture.file(`${folder}/hooks/pre-receive`));
    const again = await apply();
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    expect(again.stdout).toContain('Nothing to do.');
  });
});
