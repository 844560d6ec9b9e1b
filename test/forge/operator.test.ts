import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gitPass } from '../operator/git/git-pass.js';
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

describe('the operator under review', () => {
  test('F7 what is proposed is not applied before it is merged, and shows on the commit that was', async () => {
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
    const calls = forge.calls.length;
    await pass.applyState();
    expect(forge.calls).toHaveLength(calls);
    expect(forge.repository.ref('main')).toBe(merged);
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
