import { describe, expect, test } from '@jest/globals';
import { describePlan, describePlansInMarkdown, planDocuments, summarize } from '../../src/plan/index.js';
import { declared, threeRobots } from './declared.js';

const rendered = declared({ robots: threeRobots, repositories: [{ name: 'httpd-example' }], deletionPolicy: 'Delete' });
const cold = planDocuments(undefined, rendered);
const mixed = [
  ...planDocuments(rendered, {
    ...rendered,
    robots: rendered.robots.slice(1),
    repositories: [{ name: 'httpd-example', visibility: 'public' }],
  }),
  ...planDocuments(declared({ name: 'openshift_old', deletionPolicy: 'Delete' }), undefined),
];

describe('plans in words', () => {
  test('are printed for a terminal', () => {
    expect(mixed.map((plan) => describePlan(plan))).toEqual([
      ['  > make httpd-example public', '  - delete robot builder and its token'],
      ['  - delete the organization with all its images', '  . only once namespace demo is gone'],
    ]);
    expect(summarize(mixed)).toBe('3 changes in 2 organizations: 2 destructive, 1 widening.');
    expect(summarize(planDocuments(rendered, rendered))).toBe('Nothing to do.');
  });

  test('are printed for a pull request, the worst first', () => {
    expect(describePlansInMarkdown(mixed)).toBe(
      [
        '3 changes in 2 organizations: 2 destructive, 1 widening.',
        '',
        '### Destructive: something is lost for good (2)',
        '',
        '- `openshift_demo`: `delete robot builder and its token`',
        '- `openshift_old`: `delete the organization with all its images`',
        '',
        '### Widening: grants more permissions than before (1)',
        '',
        '- `openshift_demo`: `make httpd-example public`',
        '',
        '### Remarks (1)',
        '',
        '- `openshift_old`: `only once namespace demo is gone`',
        '',
      ].join('\n'),
    );
  });

  test('have names and titles as code: no markup, no mention, no line break', () => {
    const title = '**@ann** [x](https://example.com) <img>\n# head';
    const notification = { title, event: 'repo_push', method: 'email', email: 'a@b.c' };
    const text = describePlansInMarkdown(
      planDocuments(
        rendered,
        declared({ ...rendered, repositories: [{ name: 'httpd-example', notifications: [notification] }] }),
      ),
    );
    expect(text).toContain('(**@ann** [x](https://example.com) <img> # head)`\n');
  });

  test('a body that a forge would refuse is cut, and says so', () => {
    const repositories = Array.from({ length: 2000 }, (_, index) => ({ name: `repository-${index}` }));
    const text = describePlansInMarkdown(planDocuments(undefined, declared({ repositories })));
    expect(text.length).toBeLessThan(51_000);
    expect(text).toMatch(/…and \d+ lines more/);
  });

  test('have plural forms', () => {
    expect(summarize(cold)).toBe('8 changes in 1 organization: 8 additive.');
  });
});

describe('two documents', () => {
  test('a repository whose image stream goes is only deleted when the document says so', () => {
    const before = declared({ repositories: [{ name: 'web', source: 'ImageStream' }] });
    const words = (policy: string): readonly string[] =>
      planDocuments(before, declared({ repositoryDeletionPolicy: policy })).flatMap(({ changes }) =>
        changes.map((change) => change.words),
      );
    expect(words('Retain')).toEqual([]);
    expect(words('Delete')).toEqual(['delete repository web with all its images']);
  });

  test('another secret counts as a change, and a document that goes under Retain deletes nothing', () => {
    const cache = (name: string) =>
      declared({ proxyCache: { upstreamRegistry: 'r.example.com', passwordSecretRef: { name, key: 'k' } } });
    expect(planDocuments(cache('a'), cache('b')).flatMap(({ changes }) => changes.map(({ words }) => words))).toEqual([
      'cache r.example.com, with Secret b (key k)',
    ]);
    expect(planDocuments(declared(), undefined)).toMatchObject([{ changes: [], notes: ['it stays in Quay as it is'] }]);
  });
});
