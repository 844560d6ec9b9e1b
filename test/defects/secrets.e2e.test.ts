import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Finished, imageStream, project, Fixture } from '../support/quayside.js';
import { byHand, git, remoteFor } from '../fixtures/remote.js';

const canary = 'https://hooks.example.com/canary-of-the-webhook';
const overlay = JSON.stringify({
  spec: {
    repositories: [
      {
        name: 'web',
        notifications: [
          { title: 'pushed', event: 'repo_push', method: 'webhook', urlSecretRef: { name: 'hook', key: 'url' } },
        ],
      },
    ],
  },
});

let fixture: Fixture;
let remote: string;

const start = (...args: readonly string[]): Promise<Finished> =>
  fixture.start(args, { QUAYSIDE_CACHE: fixture.file('cache') }).finished;

beforeEach(async () => {
  fixture = await Fixture.open();
  remote = await remoteFor(fixture);
  await fixture.cluster(project('shop'), imageStream('shop', 'web'), {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: 'quayside',
      name: 'hook',
      labels: { 'quayside.dev/document-secret': 'true' },
      annotations: { 'quayside.dev/organizations': 'openshift_shop', 'quayside.dev/uses': 'notification' },
    },
    stringData: { url: canary },
  });
});
afterEach(async () => fixture.close());

/** All that lies in a folder, as one text. */
async function contents(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((path) => readFile(path, 'latin1')))).join('\n');
}

test('D18 no credential is in any object of Git, in any file of ours, or in any output', async () => {
  const first = await start('apply', ...fixture.inputArguments);
  await byHand(fixture, async (clone) => {
    await mkdir(join(clone, 'clusters/openshift/overlays'), { recursive: true });
    await writeFile(join(clone, 'clusters/openshift/overlays/shop.yaml'), overlay);
  });
  const second = await start('apply', ...fixture.inputArguments, '-o', 'json');
  expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
  expect(fixture.quay.requests.list().map(({ path }) => path)).toContainEqual(
    expect.stringMatching(/openshift_shop\/web\/notification\/$/),
  );
  const exported = await start('export', 'openshift_shop', ...fixture.inputArguments);

  const { robots } = (await fixture.ask('GET', '/organization/openshift_shop/robots')) as {
    robots: readonly { token: string }[];
  };
  const secrets = [fixture.token, canary, ...robots.map(({ token }) => token)];
  expect(secrets).toHaveLength(5);
  const objects = ['remote.git', 'cache'].map(async (folder) => contents(fixture.file(folder)));
  const all = [
    git(remote, 'cat-file', '--batch-all-objects', '--batch', '--unordered'),
    ...(await Promise.all(objects)),
    ...[first, second, exported].flatMap(({ stdout, stderr }) => [stdout, stderr]),
  ].join('\n');
  expect(all).toContain('urlSecretRef');
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
});

test('Q16 a Quay that repeats the token in its errors makes nobody else repeat it', async () => {
  const body = JSON.stringify({ message: `bad Authorization: Bearer ${fixture.token}` });
  const outputs: Finished[] = [];
  for (const status of [400, 401, 403, 500]) {
    fixture.quay.faults.inject({ status, body, times: 999, after: 1 });
    for (const args of [['apply'], ['apply', '-o', 'json'], ['doctor']])
      outputs.push(await start(...args, ...fixture.inputArguments));
    fixture.quay.faults.clear();
  }
  expect(outputs.map(({ code }) => code)).not.toContain(0);
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(fixture.token);
});
