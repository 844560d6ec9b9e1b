import { createHmac, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from '@quayside/simulator/forge';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { type GitPass, gitPass } from '../operator/git/git-pass.js';
import { leaksIn, lineOf } from '../hostile/leaks.js';
import { openpgpKey, sshKey } from '../signing/keys.js';
import { removeTemporary } from '../support/temporary.js';
import { operating } from './operating.js';
import { type Said, type StandIn, startGitHub, startGitLab } from './stand-in.js';

const branch = 'quayside/openshift/quay';
let forge: StandIn;
beforeEach(async () => {
  forge = await startGitLab();
});
afterEach(async () => {
  await forge.close();
  await removeTemporary();
});

const passOn = (review: 'Destructive' | 'All', ...namespaces: string[]) =>
  gitPass({ namespaces, remote: { url: forge.gitUrl, token: forge.token, review } });

/** A condition of the integration as it is after a pass. */
function conditionOf(pass: GitPass, type: string) {
  const summary = { organizations: 0, ready: 0, faults: [] };
  const input = { reported: pass.reported(), summary, generation: 1, before: undefined, now: new Date() };
  return integrationStatus(input).conditions?.find((condition) => condition.type === type);
}

describe('the operator under review', () => {
  test('D17 F7 what is proposed is not applied before it is merged, and shows on the commit that was', async () => {
    const pass = await passOn('All', 'shop');
    await pass.applyState();
    expect([...pass.objects.keys()]).toEqual([]);
    expect(pass.reported()).toMatchObject({ proposal: { outcome: { state: 'Open', request: { number: 1 } } } });
    const merged = forge.requests.merge(1, 'squash', 'Merged by hand');
    await pass.applyState();
    expect([...pass.objects.keys()]).toEqual(['openshift.shop']);
    expect(pass.reported()).toMatchObject({ applied: merged, proposal: undefined });
    expect(forge.statuses).toContainEqual(
      expect.objectContaining({ commit: merged, state: 'success', context: 'quayside/openshift/quay' }),
    );
    expect(forge.statuses.filter(({ commit }) => commit === merged).map(({ state }) => state)).toEqual([
      'pending',
      'success',
    ]);
    const calls = forge.calls.length;
    await pass.applyState();
    expect(forge.calls).toHaveLength(calls);
    expect(forge.repository.ref('main')).toBe(merged);
  });

  test('F3 an operator at rest asks the forge once in each pass whether something changed, and writes nothing', async () => {
    const pass = await passOn('All', 'shop');
    for (let before = 0; before < 2; before += 1) await pass.applyState();
    const [pushes, calls] = [forge.pushes(), forge.calls.length];
    for (let passes = 0; passes < 3; passes += 1) await pass.applyState();
    expect(forge.pushes()).toBe(pushes);
    const asked = forge.calls.slice(calls);
    expect(asked.map(({ call, status }) => [call.split(' ')[0], status])).toEqual(Array(3).fill(['GET', 304]));
  });

  test('a merged commit that another tool applies is pending until every object is as it says, and Ready', async () => {
    const remote = { url: forge.gitUrl, token: forge.token, review: 'All', sync: 'External' } as const;
    const pass = await gitPass({ namespaces: ['shop'], remote });
    await pass.applyState();
    const merged = forge.requests.merge(1, 'squash', 'Merged by hand');
    const shown = () => forge.statuses.filter(({ commit }) => commit === merged).map(({ state }) => state);
    expect((await pass.applyState()).due).toBe(60_000);
    expect(shown()).toEqual(['pending']);
    expect(forge.statuses.at(-1)?.description).toContain('1 of 1 organizations');

    const { declared } = await pass.applyState();
    const [document] = declared.documents;
    const ready = { type: 'Ready', status: 'True', observedGeneration: 1 };
    const live = { ...document, metadata: { ...document?.metadata, generation: 2 }, status: { conditions: [ready] } };
    pass.objects.set('openshift.shop', live);
    await pass.applyState();
    expect(shown()).toEqual(['pending']);
    pass.objects.set('openshift.shop', { ...live, status: { conditions: [{ ...ready, observedGeneration: 2 }] } });
    expect((await pass.applyState()).due).toBeUndefined();
    expect(shown()).toEqual(['pending', 'success']);
    expect(pass.writes).toEqual([]);
  });

  test('F38 a merge that no delivery told of is applied after the next poll, with a condition until one comes', async () => {
    const webhook = { secretRef: { name: 'quay-hook' } };
    const remote = { url: forge.gitUrl, token: forge.token, review: 'All', forge: { webhook } } as const;
    const pass = await gitPass({ namespaces: ['shop'], remote });
    await pass.applyState();
    forge.requests.merge(1, 'squash', 'Merged by hand');
    await pass.applyState();
    expect([...pass.objects.keys()]).toEqual(['openshift.shop']);
    expect(pass.reported().silence).toMatchObject({ request: 1 });
    expect(conditionOf(pass, 'WebhookSilent')).toMatchObject({
      status: 'True',
      message: expect.stringContaining('pull request 1 was merged'),
    });
    await pass.applyState();
    expect(pass.reported().silence).toBeDefined();
    pass.annotate({ 'quayside.dev/look-again': new Date(Date.now() + 1_000).toISOString() });
    await pass.applyState();
    expect(pass.reported().silence).toBeUndefined();
  });

  test('a token that ends soon is a condition, and one that ends later is none', async () => {
    const day = (days: number): string => new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
    const shown = async (tokenExpires: string): Promise<string | undefined> => {
      forge.tokenExpires = tokenExpires;
      const pass = await passOn('All', 'shop');
      await pass.applyState();
      return conditionOf(pass, 'ForgeTokenExpiring')?.message;
    };
    expect(await shown(day(10))).toContain(`ends at ${day(10)}T00:00:00Z`);
    expect(await shown(day(20))).toBeUndefined();
  });

  test('F38 a merge that a delivery told of is no silence, and without a webhook there is none', async () => {
    const of = async (forgeSpec?: object) => {
      const remote = {
        url: forge.gitUrl,
        token: forge.token,
        review: 'All',
        ...(forgeSpec && { forge: forgeSpec }),
      } as const;
      const pass = await gitPass({ namespaces: ['shop'], remote });
      pass.annotate({ 'quayside.dev/look-again': new Date().toISOString() });
      return pass;
    };
    const told = await of({ webhook: { secretRef: { name: 'quay-hook' } } });
    await told.applyState();
    forge.requests.merge(1, 'squash', 'Merged by hand');
    await told.applyState();
    expect(told.reported()).toMatchObject({ applied: forge.repository.ref('main'), silence: undefined });
    const without = await of();
    await without.applyState();
    expect(without.reported().silence).toBeUndefined();
  });

  test('a commit that cannot be applied shows why, once', async () => {
    const refusal = { status: 422, body: { kind: 'Status', reason: 'Invalid', message: 'the policy says no' } };
    const remote = { url: forge.gitUrl, token: forge.token, review: 'All' } as const;
    const pass = await gitPass({ namespaces: ['shop'], remote, refuse: () => refusal });
    await pass.applyState();
    const merged = forge.requests.merge(1, 'squash', 'Merged by hand');
    for (let times = 0; times < 3; times += 1) await pass.applyState().catch(() => undefined);
    expect(forge.statuses.filter(({ commit }) => commit === merged)).toEqual([
      expect.objectContaining({ state: 'pending' }),
      expect.objectContaining({ state: 'failed', description: expect.stringContaining('the policy says no') }),
    ]);
  });

  test('a project is there at once with review Destructive, also while the forge is down', async () => {
    forge.fault = () => ({ status: 503, text: 'down' });
    const pass = await passOn('Destructive', 'shop');
    await pass.applyState();
    expect([...pass.objects.keys()]).toEqual(['openshift.shop']);
  });

  test('F14 a request that people closed is told with the way on, which proposes it again', async () => {
    const pass = await passOn('All', 'shop');
    await pass.applyState();
    forge.requests.close(1);
    await pass.applyState();
    expect(pass.reported().proposal).toMatchObject({ outcome: { state: 'ProposalDeclined' } });
    pass.annotate({ 'quayside.dev/propose-again': 'true' });
    await pass.applyState();
    expect(pass.reported().proposal).toMatchObject({ outcome: { state: 'Open' } });
    expect(forge.repository.ref(branch)).toBeDefined();
  });
});

/** Each way in which something goes wrong below. */
const reasons = [
  ...['ForgePermissionMissing', 'ForgeUnavailable', 'PushDenied', 'GitAuthenticationFailed'],
  ...['ForgeAuthenticationFailed', 'GitCredentialsInvalid'],
];

test('F33 an operator shows no key, token or secret to anybody, also where the forge repeats what it was sent', async () => {
  const github = await startGitHub();
  const keys = { app: appKey(), ssh: (await sshKey()).signing.key, openpgp: (await openpgpKey()).signing.key };
  const [webhook, refused] = ['canary-webhook-secret-4711', 'canary-refused-token-4711'];
  const half = (key: string): string => key.slice(0, key.length / 2);
  const app = (privateKey: string) => ({ appID: '12345', privateKey });
  const secrets = {
    ...{ app: app(keys.app), 'half-app': app(half(keys.app)), hook: { secret: webhook } },
    ...{ ssh: { key: keys.ssh }, 'half-ssh': { key: half(keys.ssh) } },
    ...{ openpgp: { key: keys.openpgp }, 'half-openpgp': { key: half(keys.openpgp) } },
  };
  let answer: (asked: Asked) => Said | undefined = () => undefined;
  const operator = await operating(github, secrets, (asked) => answer(asked));
  const git = (key = 'ssh', login = 'app', author = 'Quayside'): object => ({
    forge: { secretRef: { name: login }, webhook: { secretRef: { name: 'hook' } }, kind: 'GitHub', url: github.api },
    signing: { format: key.endsWith('ssh') ? 'ssh' : 'openpgp', secretRef: { name: key } },
    author: { name: author, email: 'quayside@example.com' },
  });
  try {
    await operator.pass(git(), 'shop');
    github.requests.merge(1, 'squash');
    await operator.pass(git('openpgp'), 'shop', 'more');
    expect(github.requests.all()).toHaveLength(2);

    const repeated = ({ headers, body }: Asked): object => ({ message: JSON.stringify([headers, body]) });
    for (const status of [403, 500]) {
      const repeatedRight = ({ headers }: Asked) => ({ 'x-accepted-github-permissions': headers.authorization ?? '' });
      answer = (asked) => ({ status, body: repeated(asked), headers: repeatedRight(asked) });
      await operator.pass(git(), 'shop', `for-${status}`);
    }
    answer = () => undefined;
    const basic = Buffer.from(`x-access-token:${github.token}`).toString('base64');
    const hook = join(github.repository.folder, 'hooks', 'update');
    writeFileSync(hook, `#!/bin/sh\necho "no: ${github.token} ${basic}"; exit 1\n`, { mode: 0o755 });
    await operator.pass(git(), 'shop', 'pushed');

    // Another author is another repository, with a login of its own.
    const minted = { token: refused, expires_at: new Date(Date.now() + 3_600_000).toISOString() };
    for (const status of [201, 401]) {
      answer = (asked) =>
        asked.path.endsWith('/access_tokens') ? { status, body: { ...minted, ...repeated(asked) } } : undefined;
      await operator.pass(git('ssh', 'app', `Author ${status}`), 'shop');
    }
    answer = () => undefined;
    for (const key of ['half-ssh', 'half-openpgp']) await operator.pass(git(key), 'shop', key);
    await operator.pass(git('ssh', 'half-app'), 'shop');

    const url = `http://127.0.0.1:${operator.hooks.port}/hooks/quay`;
    const body = JSON.stringify({ ref: 'refs/heads/main', repository: { full_name: 'acme/state' }, webhook });
    for (const secret of ['another', webhook]) {
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const headers = {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-hub-signature-256': signature,
      };
      const { status } = await fetch(url, { method: 'POST', headers, body });
      expect(status).toBe(secret === webhook ? 202 : 401);
    }

    const places = await operator.places();
    expect(Object.keys(places).filter((name) => places[name] === '')).toEqual([]);
    const all = Object.values(places).join('\n');
    expect(reasons.filter((reason) => !all.includes(reason))).toEqual([]);
    // What proves who an App is, is good for minutes.
    expect(all).not.toContain('eyJhbGciOiJSUzI1NiI');
    const shown: Record<string, string> = { token: github.token, refused, webhook };
    for (const [name, key] of Object.entries(keys)) {
      shown[name] = lineOf(key);
      shown[`half of ${name}`] = lineOf(half(key));
    }
    expect(leaksIn(places, shown)).toEqual([]);
  } finally {
    await operator.close();
    await github.close();
  }
});

test('S24 a merge that nobody signed who may, and a file that stops all, are a failure on their commit and not applied', async () => {
  const key = await sshKey();
  const secrets = { git: { password: forge.token }, ssh: { key: key.signing.key } };
  const operator = await operating(forge, secrets, () => undefined);
  const signing = { secretRef: { name: 'git' }, signing: { format: 'ssh', secretRef: { name: 'ssh' } } };
  const shown = (commit: string) => forge.statuses.filter((one) => one.commit === commit);
  try {
    await operator.pass(signing, 'shop');
    const merged = forge.requests.merge(1, 'squash', 'Merged by hand');
    const pushes = forge.pushes();
    const strict = { ...signing, verify: 'Head', allowedKeys: [key.publicKey] };
    for (let times = 0; times < 2; times += 1) await operator.pass(strict, 'shop', 'more');
    expect(shown(merged)).toEqual([
      expect.objectContaining({ state: 'failed', description: expect.stringContaining('has no signature') }),
    ]);
    expect(forge.pushes()).toBe(pushes);

    const broken = forge.repository.commit('main', { 'clusters/openshift/cluster.yaml': 'clusterID: other\n' });
    await operator.pass(signing, 'shop', 'more');
    expect(shown(broken)).toEqual([
      expect.objectContaining({ state: 'failed', description: expect.stringContaining('cluster.yaml') }),
    ]);
    expect((await operator.places())['objects of the cluster']).not.toContain('openshift.shop');
  } finally {
    await operator.close();
  }
});

function appKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
