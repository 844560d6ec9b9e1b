import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { type GitPass, gitPass } from '../operator/git/git-pass.js';
import { removeTemporary } from '../support/temporary.js';
import { type StandIn, startGitLab } from './stand-in.js';

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
