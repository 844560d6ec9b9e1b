import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { describePlansInMarkdown, type OrganizationPlan } from '../../../src/plan/index.js';
import { removeTemporary } from '../../support/temporary.js';
import { type ReviewSession, reviewSession } from '../session.js';
import type { TestedForge } from '../tested-forge.js';
import { giteaForge } from './tested.js';
import type { GiteaServer } from './start.js';

const hostile = [
  ...['@stranger', '#1', '!2', '/merge', 'Draft: x', '](http://evil.example.com)', '<img src=x onerror=alert(1)>'],
  ...[
    '[x](javascript:alert(1))',
    'http://evil.example.com',
    '`</code><script>alert(1)</script>',
    'closes #1',
    '\u{1f600}',
  ],
  ...['-->', '\n/close', '</details>', 'a\0b', '![x](http://evil.example.com/x.png)'],
];

/** What people see on a real Gitea. */
export function shown(server: () => GiteaServer): void {
  describe('what a real Gitea shows', () => {
    let forge: TestedForge;
    let session: ReviewSession;
    beforeEach(async () => {
      forge = await giteaForge(server(), 'shown');
      await forge.repository.commit('main', { 'a.yaml': 'a\n' });
      session = await reviewSession(forge);
    });
    afterEach(async () => {
      await session.close();
      await forge.close();
      await server().call('anna', 'DELETE', '/repos/anna/shown');
      await removeTemporary();
    });

    test('F35 of 3,000 changes whose names are mentions, commands, links and HTML is their words, and nobody is told', async () => {
      const plans = Array.from({ length: 3_000 }, (_, at) => planOf(at, hostile[at % hostile.length] ?? ''));
      const plan = (most: number): string => describePlansInMarkdown(plans, { most });
      const subject = `write ${hostile.join(' ')}`;
      expect(await session.propose({ 'b.yaml': 'b\n' }, { says: { plan, subject } })).toMatchObject({ state: 'Open' });
      const { body, title, state } = await forge.requests.one(1);
      expect(state).toBe('open');
      expect(title.length).toBeLessThanOrEqual(255);
      expect(body.length).toBeGreaterThan(200_000);
      expect(body.length).toBeLessThanOrEqual(session.forge.limits.body);
      expect(body).toContain('digest=');

      const html = await rendered(server(), body);
      for (const what of ['&lt;img src=x', '@stranger', 'closes #1', 'organization-2999']) expect(html).toContain(what);
      expect(tagsIn(html)).toEqual(['br', 'code', 'h3', 'li', 'p', 'ul']);
      const page = await (await fetch(`${server().origin}/anna/shown/pulls/1`)).text();
      const [heading = ''] = /<h1[^]*?<\/h1>/.exec(page) ?? [];
      expect(heading).toContain('evil.example.com');
      expect(heading).not.toMatch(/href|<img|<script/);
      expect((await server().call('stranger', 'GET', '/notifications?all=true')).json).toEqual([]);
    });

    test('a status shows on the commit on Gitea', async () => {
      const head = await session.repository.head();
      const status = { state: 'success', context: 'quayside/openshift/quay', description: 'applied' } as const;
      await session.forge.status(head?.commit ?? '', status);
      const path = `/repos/anna/shown/commits/${head?.commit ?? ''}/statuses`;
      expect((await server().call('anna', 'GET', path)).json).toMatchObject([{ context: 'quayside/openshift/quay' }]);
    });
  });
}

function planOf(at: number, name: string): OrganizationPlan {
  return {
    organization: `organization-${at}`,
    changes: [{ risk: at % 3 === 0 ? 'destructive' : 'additive', words: `delete team ${name} of ${name}` }],
    skipped: [],
    notes: [],
  } as unknown as OrganizationPlan;
}

/** As Gitea shows a comment in this repository. */
async function rendered(gitea: GiteaServer, text: string): Promise<string> {
  const answer = await fetch(`${gitea.api}/markup`, {
    method: 'POST',
    headers: { authorization: `token ${gitea.tokens.anna}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Text: text, Mode: 'comment', Context: 'anna/shown' }),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

function tagsIn(html: string): readonly string[] {
  return [...new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name.toLowerCase()))].sort();
}
