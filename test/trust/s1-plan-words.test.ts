import { describe, expect, test } from '@jest/globals';
import { type QuayOrganizationSpec } from '../../src/api/index.js';
import { describePlan, describePlansInMarkdown, planDocuments } from '../../src/plan/index.js';
import { document } from '../fixtures/playground.js';

const ref = { name: 'quay-token', key: 'token' };
const cache = { upstreamRegistry: 'r.example.com', username: 'me', passwordSecretRef: ref };
const hook = { title: 'hook', event: 'repo_push', method: 'slack', urlSecretRef: ref };
const mirror = {
  externalReference: 'r.example.com/ubi',
  tags: ['latest'],
  robot: 'builder',
  username: 'me',
  passwordSecretRef: ref,
};
const stating = (spec: object): QuayOrganizationSpec => document('shop', [], spec).spec;
const repository = (more: object): object => ({ repositories: [{ name: 'web', ...more }] });

/** The lines about Secrets of what a reviewer reads. */
const lines = (before: object, after: object): readonly string[] =>
  planDocuments(stating(before), stating(after))
    .flatMap((plan) => describePlan(plan))
    .filter((line) => line.includes('Secret') || line.includes('mirror'));

describe('S1: a plan names the Secret that a change draws', () => {
  test.each([
    [{ proxyCache: cache }, '  > cache r.example.com, with Secret quay-token (key token)'],
    [
      repository({ notifications: [hook] }),
      '  > notify slack of repo_push in web (hook), with Secret quay-token (key token)',
    ],
    [repository({ mirror }), '  - fill web from r.example.com/ubi, with Secret quay-token (key token)'],
  ])('%j', (after, line) => {
    expect(lines(repository({}), after)).toEqual([line]);
    const markdown = describePlansInMarkdown(planDocuments(stating(repository({})), stating(after)));
    expect(markdown).toContain('with Secret quay-token (key token)');
  });

  test.each<[string, object, string]>([
    [
      'another Secret',
      { passwordSecretRef: { name: 'a', key: 'b' } },
      '  > change password of the mirror web, with Secret a (key b)',
    ],
    [
      'another host, where Quay sends what it has',
      { externalReference: 'evil.example.com/ubi' },
      '  - change externalReference of the mirror web, with Secret quay-token (key token)',
    ],
    [
      'a host that nobody verifies',
      { verifyTLS: false },
      '  > change verifyTLS of the mirror web, with Secret quay-token (key token)',
    ],
    ['nothing that the password has to do with', { interval: '2d' }, '  ~ change interval of the mirror web'],
  ])('of a mirror that gets %s', (_, change, line) => {
    expect(lines(repository({ mirror }), repository({ mirror: { ...mirror, ...change } }))).toEqual([line]);
  });
});
