import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type HookTarget, receive } from '../../../src/hooks/index.js';
import { limits } from '../../../src/limits/index.js';
import { createBodies } from '../../../src/process/index.js';
import { gitPass } from '../../operator/git/git-pass.js';
import { eventually } from '../../support/eventually.js';
import { removeTemporary, temporaryFolder } from '../../support/temporary.js';
import { type Projects, proposing } from '../proposing.js';
import { branch, reviewSession } from '../session.js';
import type { TestedForge } from '../tested-forge.js';
import { giteaForge } from './tested.js';
import type { GiteaServer } from './start.js';

/** The command line and the operator beside a real Gitea. */
export function told(server: () => GiteaServer): void {
  describe('a real Gitea and all of Quayside', () => {
    const name = 'told';
    const anna = (method: string, path: string, body?: unknown) =>
      server().call('anna', method, `/repos/anna/${name}${path}`, body);
    let forge: TestedForge;
    beforeEach(async () => {
      forge = await giteaForge(server(), name);
    });
    afterEach(async () => {
      await forge.close();
      await anna('DELETE', '');
      await removeTemporary();
    });

    test('F6 what only adds is pushed to base, and the approval of what waits for people stays', async () => {
      const folder = await temporaryFolder();
      const propose = (projects: Projects) => proposing(forge, folder, { review: 'Destructive', projects });
      await propose({ demo: ['app', 'old'] });
      await propose({ demo: ['app'] });
      const head = await forge.repository.ref(branch);
      await anna('POST', '/pulls/1/reviews', { event: 'APPROVED', body: 'fine', commit_id: head });
      await propose({ demo: ['app'], other: ['x'] });
      const base = (await forge.repository.ref('main')) ?? '';
      expect(await forge.repository.files(base)).toContain('clusters/openshift/organizations/other.yaml');
      expect(await forge.repository.ref(branch)).toBe(head);
      expect((await anna('GET', '/pulls/1/reviews')).json).toMatchObject([
        { state: 'APPROVED', stale: false, dismissed: false },
      ]);
    });

    test('F7 F38 a merge is applied after the next look, shows on its commit, and without a delivery there is a condition', async () => {
      const webhook = { secretRef: { name: 'quay-hook' } };
      const remote = { url: forge.gitUrl, token: forge.token, review: 'All', forge: { webhook } } as const;
      const pass = await gitPass({ namespaces: ['shop'], remote });
      await pass.applyState();
      expect([...pass.objects.keys()]).toEqual([]);
      const merged = await forge.requests.merge(1, 'squash');
      await pass.applyState();
      expect([...pass.objects.keys()]).toEqual(['openshift.shop']);
      expect(pass.reported()).toMatchObject({ applied: merged, silence: { request: 1 } });
      const { json } = await anna('GET', `/commits/${merged}/statuses`);
      expect((json as readonly { readonly status: string }[]).map(({ status }) => status).sort()).toEqual([
        'pending',
        'success',
      ]);
    });

    test('F37 a delivery of Gitea is proved by its secret, and has somebody look once for a push', async () => {
      const target: HookTarget = {
        kind: 'Gitea',
        repository: `anna/${name}`,
        branches: ['main'],
        secrets: ['the secret'],
      };
      const [triggered, answered]: [string[], number[]] = [[], []];
      const bodies = createBodies(limits.hooksInFlightBytes);
      const hooks = createServer((request, response) => {
        const trigger = (one: string): void => void triggered.push(one);
        void receive({ target: () => Promise.resolve(target), trigger, bodies }, request).then(({ status, text }) => {
          answered.push(status);
          response.writeHead(status).end(text);
        });
      });
      hooks.listen(0, '127.0.0.1');
      await once(hooks, 'listening');
      const url = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/hooks/`;
      try {
        for (const [integration, secret] of [
          ['quay', 'the secret'],
          ['other', 'another secret'],
          ['none', ''],
        ] as const) {
          const config = { url: url + integration, content_type: 'json', secret };
          await anna('POST', '/hooks', { type: 'gitea', active: true, events: ['push', 'pull_request'], config });
        }
        await forge.repository.commit('main', { 'a.yaml': 'a\n' });
        await eventually(() => expect(answered).toHaveLength(3));
        expect([...answered].sort()).toEqual([202, 401, 401]);
        expect(triggered).toEqual(['quay']);
      } finally {
        hooks.close();
        hooks.closeAllConnections();
      }
    });

    test('F1 a proposal goes over the SSH server of Gitea as well, with a token for its request', async () => {
      const key = join(await temporaryFolder(), 'key');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'bot', '-f', key]);
      await anna('POST', '/keys', { title: 'bot', key: readFileSync(`${key}.pub`, 'utf8'), read_only: false });
      await forge.repository.commit('main', { 'a.yaml': 'a\n' });
      const knownHosts = execFileSync('ssh-keyscan', ['-p', String(server().sshPort), '127.0.0.1'], { stdio: 'pipe' });
      const credentials = { privateKey: readFileSync(key, 'utf8'), knownHosts: knownHosts.toString() };
      const gitUrl = `ssh://git@127.0.0.1:${server().sshPort}/anna/${name}.git`;
      const stated = { kind: 'Gitea', url: forge.api } as const;
      const session = await reviewSession({ gitUrl, token: forge.token }, { credentials, stated });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
      expect(await forge.requests.all()).toMatchObject([{ head: branch, author: 'quayside-bot' }]);
      await session.close();
    });
  });
}
