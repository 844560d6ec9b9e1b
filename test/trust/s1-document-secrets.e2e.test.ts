import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { byHand, git } from '../fixtures/remote.js';
import { type Recorded, recorded } from './recorded.js';

/** Values that must never leave, by the Secret that holds them. */
const kept: Readonly<Record<string, string>> = {
  'quay-token': 'c4n4ry-token',
  plain: 'c4n4ry-plain',
  'of-others': 'c4n4ry-of-others',
  'for-hooks': 'c4n4ry-for-hooks',
};
const good = 'the-password-of-the-mirror';
const allow = (organizations: string, uses: string): object => ({
  labels: { 'quayside.dev/document-secret': 'true' },
  annotations: { 'quayside.dev/organizations': organizations, 'quayside.dev/uses': uses },
});
const said: Readonly<Record<string, object>> = {
  // On purpose, or by mistake: it stays the token of an integration.
  'quay-token': allow('*', 'mirror'),
  'of-others': allow('openshift_shopping,openshift_?hop', 'mirror'),
  'for-hooks': allow('*', 'notification'),
  good: allow('openshift_s*p', 'proxy-cache, mirror'),
};

let fixture: Fixture;
let sink: Recorded;
const quayside = async (...args: readonly string[]) =>
  fixture.start([...args, ...fixture.inputArguments], { QUAYSIDE_CACHE: fixture.file('cache') }).finished;

beforeAll(async () => {
  fixture = await Fixture.open();
  sink = await recorded(fixture.quay.url);
  git(fixture.folder, 'init', '--quiet', '--bare', '--initial-branch=main', fixture.file('remote.git'));
  await fixture.integration({
    quayHostname: sink.url,
    insecureRegistry: true,
    credentialsSecret: { namespace: 'quayside', name: 'quay-token' },
    git: { url: `file://${fixture.file('remote.git')}` },
  });
  const secrets = Object.entries({ ...kept, good }).map(([name, password]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'quayside', name, ...said[name] },
    stringData: { password },
  }));
  // Somebody made an object without Git.
  const grab = {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: 'grab' },
    spec: {
      integration: 'quay',
      name: 'grab',
      proxyCache: {
        upstreamRegistry: 'r.example.com',
        username: 'me',
        passwordSecretRef: { name: 'plain', key: 'password' },
      },
    },
  };
  await fixture.cluster(project('shop'), imageStream('shop', 'web'), grab, ...secrets);
  expect(await quayside('apply')).toMatchObject({ code: 0 });
  const mirrors = [...Object.keys(kept), 'good', 'missing'].map((name) => ({
    name,
    mirror: {
      externalReference: `registry.example.com/${name}`,
      tags: ['latest'],
      robot: 'builder',
      username: 'me',
      passwordSecretRef: { name, key: 'password' },
    },
  }));
  await byHand(fixture, async (clone) => {
    await mkdir(join(clone, 'clusters/openshift/overlays'), { recursive: true });
    const overlay = JSON.stringify({ spec: { repositories: mirrors } });
    await writeFile(join(clone, 'clusters/openshift/overlays/shop.yaml'), overlay);
  });
});
afterAll(async () => {
  await fixture.close();
  await sink.close();
});

const expectNothingLeft = (...texts: readonly string[]): void => {
  for (const text of [sink.text(), ...texts])
    for (const value of Object.values(kept)) expect(text).not.toContain(value);
};

test('S1: an overlay draws no Secret that does not say so, and the plan names the one that is drawn', async () => {
  const plan = await quayside('plan');
  const applied = await quayside('apply', '-o', 'json');
  expectNothingLeft(plan.stdout, plan.stderr, applied.stdout, applied.stderr);
  expect(sink.text()).toContain(good);
  expect(plan.code).toBe(1);
  expect(plan.stdout).toContain('- fill good from registry.example.com/good, with Secret good (key password)');
  for (const name of Object.keys(kept)) {
    expect(plan.stdout).toContain(`skipped: mirror/${name}: Secret quayside/${name} `);
    expect(plan.stdout).not.toContain(`fill ${name} `);
  }
  expect(plan.stdout).toContain('kubectl label secret plain -n quayside quayside.dev/document-secret=true');

  expect(applied.code).toBe(1);
  expect(applied.stderr).toContain('error (SecretNotAllowed)');
  const { changeSet } = JSON.parse(applied.stdout) as { changeSet: { organizations: readonly { plan: object }[] } };
  expect(changeSet.organizations[0]?.plan).toMatchObject({
    skipped: Object.keys(kept)
      .sort()
      .map((name) => ({ what: `mirror/${name}`, reason: 'SecretNotAllowed' })),
  });
});

test('S1: doctor finds beforehand what would be refused', async () => {
  const { code, stdout } = await quayside('doctor', '-o', 'json');
  expect(code).toBe(1);
  const { checks } = JSON.parse(stdout) as { checks: readonly Record<string, string>[] };
  const found = checks.filter(({ name }) => name === 'Secrets of documents');
  expect(found.map(({ outcome, message = '' }) => [outcome, message.slice(0, message.indexOf(': '))])).toEqual([
    ...[...Object.keys(kept), 'missing'].sort().map((name) => ['failed', `openshift_shop, mirror/${name}`]),
    ['failed', 'grab, proxyCache'],
  ]);
  expect(found.map(({ hint = '' }) => hint).join('\n')).toContain('quayside.dev/uses=notification,mirror --overwrite');
  expectNothingLeft(stdout);
});

test('S1: nor does a document that is named at the command line, for a notification or a proxy cache', async () => {
  const hook = { event: 'repo_push', method: 'slack' };
  const names = ['quay-token', 'plain', 'good'];
  const notifications = names.map((name) => ({ ...hook, title: name, urlSecretRef: { name, key: 'password' } }));
  const file = await fixture.write('tools.json', {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: 'tools' },
    spec: { integration: 'quay', name: 'tools', repositories: [{ name: 'web', notifications }] },
  });
  const cache = await fixture.write('cache.json', {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: 'cached' },
    spec: {
      integration: 'quay',
      name: 'cached',
      proxyCache: {
        upstreamRegistry: 'r.example.com',
        username: 'me',
        passwordSecretRef: { name: 'plain', key: 'password' },
      },
    },
  });
  const applied = await quayside('apply', '-f', file, '-f', cache);
  expectNothingLeft(applied.stdout, applied.stderr);
  expect(applied.code).toBe(1);
  for (const name of names) expect(applied.stdout).toContain(`skipped: notification/web/${name}: `);
  expect(applied.stdout).toContain('skipped: proxyCache: Secret quayside/plain ');
  expect(applied.stdout).toContain('create private repository web');
});
