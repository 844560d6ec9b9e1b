import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');

/** What a file loads with itself: neither types nor what it loads when it is called. */
function loadedBy(path: string): readonly string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s(?!type\b)([^;]*?)from '(\.[^']*)\.js'/gm);
  return [...statements]
    .filter(([, names = '']) => !/^\{(?:\s*type\s[^,}]*,?)*\s*\}\s*$/.test(names))
    .map(([, , target = '']) => relative(root, `${resolve(root, dirname(path), target)}.ts`))
    .filter((target) => existsSync(join(root, target)));
}

function everythingLoadedBy(entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    loadedBy(path).forEach(visit);
  };
  visit(entry);
  return found;
}

describe('what renders a registry', () => {
  test.each(['src/cli/main.ts', 'src/operator/open-operator.ts', 'src/webhook/index.ts', 'src/app/apply.ts'])(
    'is not loaded by %s',
    (entry) => {
      const loaded = [...everythingLoadedBy(entry)];
      expect(loaded.length).toBeGreaterThan(3);
      expect(loaded.filter((path) => /^(?:src\/(?:registry|manifests|api\/registry)|charts)\//.test(path))).toEqual([]);
    },
  );

  test('is found where it is loaded', () => {
    expect(everythingLoadedBy('src/app/registry/render-registry.ts').has('src/registry/model-registry.ts')).toBe(true);
  });
});
