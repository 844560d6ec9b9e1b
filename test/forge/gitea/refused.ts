import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { removeTemporary } from '../../support/temporary.js';
import { branch, type ReviewSession, reviewSession } from '../session.js';
import type { TestedForge } from '../tested-forge.js';
import { giteaForge } from './tested.js';
import type { GiteaServer } from './start.js';

/** What a real Gitea refuses, in its own words, and what we make of them. */
export function refused(server: () => GiteaServer): void {
  describe('what a real Gitea refuses', () => {
    const name = 'refused';
    const at = (path: string): string => `/repos/anna/${name}${path}`;
    const anna = (method: string, path: string, body?: unknown) => server().call('anna', method, path, body);
    let forge: TestedForge;
    let session: ReviewSession;
    beforeEach(async () => {
      forge = await giteaForge(server(), name);
      await forge.repository.commit('main', { 'a.yaml': 'a\n' });
      session = await reviewSession(forge);
    });
    afterEach(async () => {
      await session.close();
      await forge.close();
      await anna('DELETE', at(''));
      await removeTemporary();
    });

    test('F29 a branch of the name of a folder is named, and nothing is tried eight times', async () => {
      await forge.repository.move('quayside', (await forge.repository.ref('main')) ?? '');
      await expect(session.propose({ 'b.yaml': 'b\n' })).rejects.toMatchObject({ code: 'ProposalBranchBlocked' });
      expect(forge.pushes()).toBe(1);
    });

    test('F30 a protected branch is named when a forced push is refused, and its request is left', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      await anna('POST', at('/branch_protections'), { rule_name: 'quayside/**', enable_push: false });
      await expect(session.propose({ 'b.yaml': 'c\n' })).rejects.toMatchObject({
        code: 'ProposalBranchProtected',
        hint: expect.stringContaining(branch),
      });
      expect(await forge.requests.all()).toMatchObject([{ state: 'open' }]);
    });

    test('F31 tokens that may too little say which right is missing, and a label is not worth a refusal', async () => {
      const asking = async (token: string) => (await reviewSession({ gitUrl: forge.gitUrl, token })).forge;
      const wrong = await asking('0'.repeat(40));
      await expect(wrong.repository()).rejects.toMatchObject({ code: 'ForgeAuthenticationFailed', retryable: false });

      const text = { title: 'Add', body: 'words', base: 'main' };
      const reader = await asking(await server().tokenWith('reader', 'read:repository'));
      await forge.repository.move('x', (await forge.repository.ref('main')) ?? '');
      await forge.repository.commit('x', { 'x.yaml': 'x\n' });
      await expect(reader.create('x', text, [])).rejects.toMatchObject({
        code: 'ForgePermissionMissing',
        hint: expect.stringContaining('write:repository'),
      });

      const writer = await asking(await server().tokenWith('writer', 'write:repository'));
      const { number } = await writer.create('x', text, ['quayside']);
      expect(await forge.requests.one(number)).toMatchObject({ labels: [] });
      await expect(writer.comment(number, 'words')).rejects.toMatchObject({
        code: 'ForgePermissionMissing',
        hint: expect.stringContaining('write:issue'),
      });
      expect(await writer.account()).toBeUndefined();
    });

    test('F31 a repository that is hidden, archived or gone says so', async () => {
      await anna('PATCH', at(''), { private: true });
      await anna('DELETE', at('/collaborators/bot'));
      await expect(session.forge.repository()).rejects.toMatchObject({ code: 'ForgeRepositoryNotFound' });
      await expect(session.propose({ 'b.yaml': 'b\n' })).rejects.toMatchObject({ code: 'GitRepositoryNotFound' });
      await anna('PUT', at('/collaborators/bot'), { permission: 'write' });
      await anna('PATCH', at(''), { archived: true });
      await expect(session.propose({ 'b.yaml': 'b\n' })).rejects.toMatchObject({ code: 'RepositoryArchived' });
      expect(await session.forge.repository()).toMatchObject({ archived: true });
      const text = { title: 'Add', body: 'words', base: 'main' };
      await expect(session.forge.create('main', text, [])).rejects.toMatchObject({ code: 'RepositoryArchived' });
      await anna('DELETE', at(''));
      await expect(session.forge.repository()).rejects.toMatchObject({ code: 'ForgeRepositoryNotFound' });
    });

    test('F34 a repository with another name is not followed with a token', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      await anna('PATCH', at(''), { name: 'renamed' });
      const calls = forge.calls.length;
      await expect(session.forge.create(branch, { title: 'x', body: '', base: 'main' }, [])).rejects.toMatchObject({
        code: 'ForgeMoved',
        message: expect.stringContaining('renamed'),
      });
      expect(forge.calls.slice(calls)).toHaveLength(1);
      await anna('DELETE', '/repos/anna/renamed');
    });
  });
}
