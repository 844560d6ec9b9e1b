import { beforeAll, afterAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { createNamespace } from '../control-plane/namespace.js';
import type { Started } from '../control-plane/start.js';
import { startWithKinds } from '../control-plane/start-with-kinds.js';
import { Fixture } from '../support/quayside.js';
import { registryAt } from '../fixtures/registry-at.js';

// An integration of another suite would claim the namespaces of this one: integrations are cluster-wide.
let cluster: Started;
let fixture: Fixture;
let project: string;
let operator: string;

const create = (object: object) => cluster.edits.create(object);

beforeAll(async () => {
  cluster = await startWithKinds();
  fixture = await Fixture.open();
  [project, operator] = [await createNamespace(cluster, 'project'), await createNamespace(cluster, 'operator')];
  await create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'quay', namespace: operator },
    stringData: { token: fixture.token },
  });
  await create({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: project },
    spec: {
      clusterID: project,
      ...registryAt(fixture.quay.url),
      credentialsSecret: { namespace: operator, name: 'quay' },
      allowlistNamespaces: [project],
    },
  });
  await create({
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name: 'httpd-example', namespace: project },
  });
});

afterAll(async () => {
  await fixture.close();
  await cluster.stop();
});

const quayside = async (command: string, ...args: readonly string[]) =>
  fixture.start(
    [command, '--kubeconfig', cluster.kubeconfig, '--namespace', operator, '--integration', project, ...args],
    { QUAYSIDE_QUAY_TOKEN: '', QUAYSIDE_OWNERSHIP_KEY: '' },
  ).finished;

const ownership = async (command: string, ...args: readonly string[]) =>
  fixture.start(['ownership', command, '--kubeconfig', cluster.kubeconfig, '--namespace', operator, ...args]).finished;

test('S4: the key of a cluster is made, shown and exchanged by command, and what one signed stays valid', async () => {
  expect(await ownership('show')).toMatchObject({ code: 1, stdout: expect.stringContaining('no private key') });
  expect(await ownership('export')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/no public key in the namespace [^]*--namespace/),
  });
  // A definition that was just made is known before it is served.
  await eventually(async () => expect((await quayside('plan')).stdout).toContain('httpd-example'));
  expect(await quayside('plan')).toMatchObject({ code: 2, stderr: '' });
  expect(await quayside('apply')).toMatchObject({ code: 1, stderr: expect.stringContaining('ownership create') });
  expect(await ownership('rotate')).toMatchObject({ code: 1, stderr: expect.stringContaining('--lost') });
  expect(await ownership('rotate', '--lost')).toMatchObject({ code: 0, stderr: '' });
  const first = JSON.parse((await ownership('show', '-o', 'json')).stdout) as { signing: string };
  expect(await quayside('apply')).toMatchObject({ code: 0, stderr: '' });
  expect(await ownership('rotate', '--dry-run')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining(first.signing),
  });
  expect(await ownership('rotate')).toMatchObject({ code: 0, stderr: '' });
  const second = JSON.parse((await ownership('show', '-o', 'json')).stdout) as { signing: string; checking: string[] };
  expect(second.signing).not.toBe(first.signing);
  expect(second.checking).toEqual([first.signing, second.signing].sort());
  const plan = await quayside('plan');
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).not.toContain('not verified');
  const exported = await ownership('export');
  expect(exported.stdout.match(/BEGIN PUBLIC KEY/g)).toHaveLength(2);
  expect(exported.stdout).not.toContain('PRIVATE');
  const backup = await ownership('export', '--private-to', fixture.file('backup.key'));
  expect(backup).toMatchObject({ code: 0, stdout: expect.stringContaining(second.signing) });
  const again = await ownership('export', '--private-to', fixture.file('backup.key'));
  expect(again).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/backup\.key: is there already [^]*never overwritten/),
  });
});

test('a live cluster, its integration and the Secrets with the token and the key are enough', async () => {
  expect(await quayside('apply')).toMatchObject({ code: 0, stderr: '' });
  expect(await quayside('plan')).toMatchObject({ code: 0, stderr: '' });
  const organization = `${project}_${project}`;
  await fixture.ask('GET', `/repository/${organization}/httpd-example`);
  const { robots } = (await fixture.ask('GET', `/organization/${organization}/robots`)) as { robots: unknown[] };
  expect(robots).toHaveLength(3);
});

test('a namespace that was deleted takes its organization along when that is allowed', async () => {
  await cluster.kubectl(['delete', 'namespace', project]);
  expect(await quayside('apply', '--max-deletions', '1')).toMatchObject({ code: 0, stderr: '' });
  await expect(fixture.ask('GET', `/organization/${project}_${project}`)).rejects.toThrow('404');
});
