import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { removeTemporary } from '../support/temporary.js';
import { type GiteaServer, startGitea } from './gitea/start.js';
import { branch, type ReviewSession, reviewSession } from './session.js';

describe('a proposal on a real Gitea', () => {
  let gitea: GiteaServer;
  let session: ReviewSession;
  let name = '';
  let count = 0;
  beforeAll(async () => {
    gitea = await startGitea();
  });
  afterAll(async () => {
    await gitea?.stop();
    await removeTemporary();
  });
  beforeEach(async () => {
    name = `state${(count += 1)}`;
    const gitUrl = await gitea.repository(name);
    session = await reviewSession({ gitUrl, api: gitea.api, token: gitea.tokens.bot });
  });
  const anna = async (method: string, path: string, body?: unknown) => {
    const answer = await gitea.call('anna', method, `/repos/anna/${name}${path}`, body);
    // The check for conflicts may be running.
    if (answer.status === 405) {
      await new Promise((resolve) => setImmediate(resolve));
      return anna(method, path, body);
    }
    return answer;
  };
  const merge = (style: string) =>
    anna('POST', '/pulls/1/merge', { Do: style, MergeTitleField: 'Merged by hand', delete_branch_after_merge: false });
  const write = (path: string, text: string, on = 'main') =>
    anna('POST', `/contents/${path}`, {
      content: Buffer.from(text).toString('base64'),
      branch: on,
      message: 'by anna',
    });
  const pulls = async () =>
    (await anna('GET', '/pulls?state=all')).json as readonly {
      number: number;
      state: string;
      merged: boolean;
      body: string;
    }[];
  // Gitea knows of a branch that was pushed only after a moment.
  const deleteBranch = (): Promise<void> =>
    eventually(async () => {
      expect((await anna('DELETE', `/branches/${encodeURIComponent(branch)}`)).status).toBe(204);
    });
  const hasBranch = async (): Promise<boolean> =>
    (await anna('GET', `/branches/${encodeURIComponent(branch)}`)).status === 200;

  test('F39 Gitea is found by what its host answers, without a token', () => {
    expect(session.open.located).toMatchObject({ kind: 'Gitea', api: gitea.api, project: `anna/${name}` });
  });

  test('F1 F3 many new files are one request on Gitea, and at rest nothing is written', async () => {
    const files = { 'b.yaml': 'b\n', 'c.yaml': 'c\n' };
    expect(await session.propose(files)).toMatchObject({ state: 'Open', request: { number: 1 } });
    expect(await session.propose(files)).toMatchObject({ state: 'Open', events: [] });
    expect(await pulls()).toMatchObject([{ state: 'open' }]);
  });

  test.each(['merge', 'squash', 'rebase', 'fast-forward-only'])(
    'F7 F8 F9 F10 %s on Gitea ends the proposal, and its branch goes',
    async (style) => {
      await session.propose({ 'b.yaml': 'b\n' });
      expect((await merge(style)).status).toBe(200);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [{ type: 'Merged' }] });
      expect(await hasBranch()).toBe(false);
    },
  );

  test('F12 F13 what a person pushes to base on Gitea ends it, and is proposed anew when it goes', async () => {
    await session.propose({ 'b.yaml': 'b\n' });
    await write('b.yaml', 'b\n');
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [{ type: 'Emptied' }] });
    expect(await session.propose({ 'b.yaml': 'b\nc\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
  });

  test('F14 F15 F16 a request closed on Gitea is a no, until the change is another', async () => {
    await session.propose({ 'b.yaml': 'b\n' });
    await anna('PATCH', '/pulls/1', { state: 'closed' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
    await write('other.md', 'x\n');
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined', events: [] });
    expect(await session.propose({ 'b.yaml': 'b\n', 'c.yaml': 'c\n' })).toMatchObject({
      state: 'Open',
      request: { number: 2 },
    });
  });

  test('F17 a request that was opened again on Gitea goes on', async () => {
    await session.propose({ 'b.yaml': 'b\n' });
    await anna('PATCH', '/pulls/1', { state: 'closed' });
    await session.propose({ 'b.yaml': 'b\n' });
    await anna('PATCH', '/pulls/1', { state: 'open' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
  });

  test('F18 a commit of anna on the branch on Gitea stops us with one comment', async () => {
    await session.propose({ 'b.yaml': 'b\n' });
    await write('x.yaml', 'x\n', branch);
    expect(await session.propose({ 'b.yaml': 'c\n' })).toMatchObject({
      state: 'ProposalEdited',
      events: [{ type: 'Edited' }],
    });
    expect(await session.propose({ 'b.yaml': 'd\n' })).toMatchObject({ state: 'ProposalEdited', events: [] });
    expect((await anna('GET', '/issues/1/comments')).json).toHaveLength(1);
  });

  test('F22 a branch that anna deleted on Gitea is proposed once more, and then not', async () => {
    await session.propose({ 'b.yaml': 'b\n' });
    await deleteBranch();
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    await deleteBranch();
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
  });

  test('F29 a branch of the name of a folder is named, and nothing is tried eight times', async () => {
    await anna('POST', '/branches', { new_branch_name: 'quayside', old_branch_name: 'main' });
    await expect(session.propose({ 'b.yaml': 'b\n' })).rejects.toMatchObject({ code: 'ProposalBranchBlocked' });
  });

  test('F30 a protected branch is named when a forced push is refused', async () => {
    await session.propose({ 'b.yaml': 'b\n' });
    await anna('POST', '/branch_protections', { rule_name: 'quayside/**', enable_push: false });
    await expect(session.propose({ 'b.yaml': 'c\n' })).rejects.toMatchObject({ code: 'ProposalBranchProtected' });
  });

  test('F35 names that are mentions or commands reach Gitea as text', async () => {
    await session.propose({ 'b.yaml': 'b\n' }, { remarks: ['/close', '`@anna` `#1`', '```\n/merge\n```'] });
    const [pull] = await pulls();
    expect(pull?.state).toBe('open');
    expect(pull?.body).toContain('digest=');
  });

  test('a status shows on the commit on Gitea', async () => {
    const head = await session.repository.head();
    await session.forge.status(head?.commit ?? '', {
      state: 'success',
      context: 'quayside/openshift/quay',
      description: 'applied',
    });
    expect((await anna('GET', `/commits/${head?.commit ?? ''}/statuses`)).json).toMatchObject([
      { context: 'quayside/openshift/quay' },
    ]);
  });
});
