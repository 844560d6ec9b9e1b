import { describe, expect, test } from '@jest/globals';
import { pathFault, safePath } from '../../src/state/index.js';

describe('a path', () => {
  test.each(['a', 'clusters/openshift/organizations/e2e-demo.yaml', '.gitignore', 'a/.gitkeep', 'ü/b c.yaml', 'git/x'])(
    '%s may be written',
    (path) => {
      expect(safePath(path)).toBe(path);
    },
  );

  test.each([
    ...[
      '',
      '/etc/passwd',
      '../x',
      'a/../../x',
      'a//b',
      './a',
      'a/',
      'C:/x',
      'a\\b',
      'a\nb',
      'a\0b',
      'a\u200b/b',
      'a\u202eb',
    ],
    ...['.git/config', 'a/.GIT/hooks/x', '.git./x', '.git /x', 'git~1/config', '.git::$INDEX_ALLOCATION/x'],
    ...['x'.repeat(256), 'x/'.repeat(600) + 'y'],
  ])('%j is refused', (path) => {
    expect(pathFault(path)).toBeDefined();
    expect(() => safePath(path)).toThrow(/^the path /);
  });
});
