import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from '@quayside/simulator/forge';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { watchArguments } from '../hostile/child-arguments.js';
import { filesBelow, leaksIn, lineOf, objectsOf } from '../hostile/leaks.js';
import { openpgpKey, sshKey } from '../signing/keys.js';
import { type Running, start } from '../support/quayside.js';
import { removeTemporary, temporaryFolder } from '../support/temporary.js';
import { type Projects, writeInputs } from './proposing.js';
import { branch } from './session.js';
import { type StandIn, startGitHub } from './stand-in.js';

let forge: StandIn;
let folder: string;
beforeEach(async () => {
  [forge, folder] = [await startGitHub(), await temporaryFolder()];
});
afterEach(async () => {
  await forge.close();
  await removeTemporary();
});

interface Spec {
  readonly git?: object;
  readonly secrets?: readonly object[];
  /** @default - the token of the forge, by hand */
  readonly login?: Readonly<Record<string, string>>;
}

/** The built command line, for a dump of a cluster with these projects. */
function propose(
  projects: Projects,
  { git = {}, secrets = [], login = { QUAYSIDE_GIT_PASSWORD: forge.token } }: Spec = {},
  ...args: string[]
): Running {
  writeInputs(forge, folder, { projects, git: { review: 'Destructive', ...git }, more: secrets });
  const inputs = ['--cluster', 'cluster.json', '--integration', 'integration.json', '--cluster-uid', 'uid-1'];
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  return start(['propose', ...inputs, ...args], {
    cwd: folder,
    environment: {
      QUAYSIDE_CACHE: join(folder, 'cache'),
      ...login,
      TMPDIR: join(folder, 'tmp'),
    },
  });
}

const isWrite = ({ method, path }: Asked): boolean => method !== 'GET' && !path.endsWith('/git-upload-pack');

test('F40 kill -9 after any one write of the command line leaves nothing that the next run does not end', async () => {
  const steps: readonly Projects[] = [
    { a: [], demo: ['app', 'old'] },
    { a: [], demo: ['app'] },
    { a: [], demo: ['app', 'old'] },
  ];
  const killed: string[] = [];
  for (const projects of steps) {
    for (let runs = 0, isDone = false; !isDone; runs += 1) {
      expect(runs).toBeLessThan(8);
      const running = propose(projects);
      let written = '';
      forge.fault = (asked) => {
        if (!isWrite(asked) || written !== '') return undefined;
        written = `${asked.method} ${asked.path}`;
        running.kill('SIGKILL');
        return 'cut';
      };
      const { code } = await running.finished;
      forge.fault = undefined;
      isDone = written === '';
      if (isDone) expect(code).toBe(projects === steps[1] ? 2 : 0);
      else killed.push(written);
      expect(forge.requests.all().filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(1);
    }
  }
  const push = 'POST /acme/state.git/git-receive-pack';
  const [pulls, pull] = ['POST /repos/acme/state/pulls', 'PATCH /repos/acme/state/pulls/1'];
  // To base and to the branch; the request; its last words and its end; the branch. What git sends again counts again.
  expect(killed.filter((one, at) => one !== killed[at - 1])).toEqual([push, pulls, pull, push]);
  expect(killed.length).toBeGreaterThanOrEqual(6);
  expect(forge.requests.all()).toMatchObject([{ state: 'closed', body: expect.stringContaining('state=empty') }]);
  expect(forge.repository.ref(branch)).toBeUndefined();
  const document = forge.repository.read(
    forge.repository.ref('main') ?? '',
    'clusters/openshift/organizations/demo.yaml',
  );
  expect(document).toContain('name: old');
});

test('F33 Git takes the login of a GitHub App, and no key, token or secret of a forge is in an output, a request, a commit, an argument or a file left behind', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const app = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keys = { ssh: (await sshKey()).signing.key, openpgp: (await openpgpKey()).signing.key };
  const webhook = 'canary-webhook-secret-4711';
  const asked: string[] = [];
  const [outputs, seen]: [string[], Set<string>] = [[], new Set()];
  const run = async (projects: Projects, format: keyof typeof keys, fault?: StandIn['fault']): Promise<void> => {
    forge.fault = (one) => {
      asked.push(JSON.stringify([one.path, one.body, [...one.query], one.headers]));
      return fault?.(one);
    };
    const running = propose(projects, {
      git: {
        forge: { secretRef: { name: 'app' }, webhook: { secretRef: { name: 'hook' } }, kind: 'GitHub', url: forge.api },
        signing: { format: format === 'ssh' ? 'ssh' : 'openpgp', secretRef: { name: format } },
      },
      secrets: [
        secret('app', { appID: '12345', privateKey: app }),
        secret('hook', { secret: webhook }),
        secret('ssh', { key: keys.ssh }),
        secret('openpgp', { key: keys.openpgp }),
      ],
      // Git takes the login of the App.
      login: {},
    });
    const watched = watchArguments(running.pid ?? 0);
    const { stdout, stderr } = await running.finished;
    watched.stop();
    outputs.push(stdout, stderr);
    for (const one of watched.seen) seen.add(one);
  };
  await run({ a: [], demo: ['app', 'old'] }, 'ssh');
  await run({ a: [], demo: ['app'] }, 'openpgp');
  expect(outputs.join('')).toContain('Proposed: ');
  // What goes wrong is told in more words.
  const answers = [
    { status: 401, body: { message: `Bad credentials: ${forge.token} ${app}` } },
    { status: 502, text: forge.token },
  ];
  for (const answer of answers) {
    await run({ a: [], demo: [] }, 'ssh', ({ path }) =>
      path.startsWith('/repos/acme/state/pulls') ? answer : undefined,
    );
  }
  expect(outputs.join('')).toMatch(/ForgeAuthenticationFailed[^]*ForgeUnavailable/);

  const places = {
    outputs: outputs.join('\n'),
    'what the forge was asked, without the proof of who asks': asked.join('\n').replace(/"authorization":"[^"]*"/g, ''),
    requests: JSON.stringify(forge.requests.all()),
    objects: objectsOf(forge.repository.folder),
    'arguments of processes': [...seen].join('\n'),
    'the cache': filesBelow(join(folder, 'cache')),
  };
  expect(Object.entries(places).filter(([, text]) => text === '')).toEqual([]);
  const bodies = Object.entries({ app, ...keys }).map(([name, key]): [string, string] => [name, lineOf(key)]);
  const secrets = { ...Object.fromEntries(bodies), token: forge.token, webhook };
  expect(leaksIn(places, secrets)).toEqual([]);
  // A key is not even what proves it.
  expect(leaksIn({ asked: asked.join('\n') }, Object.fromEntries(bodies))).toEqual([]);
  expect(filesBelow(join(folder, 'tmp'))).toBe('');
});

/** A Secret that may be shown to the forge. */
function secret(name: string, stringData: Readonly<Record<string, string>>): object {
  const annotations = { 'quayside.dev/hosts': new URL(forge.origin).host };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'quayside', name, annotations }, stringData };
}
