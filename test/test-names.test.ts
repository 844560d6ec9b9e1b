import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const root = import.meta.dirname;

interface TestName {
  readonly file: string;
  /** The names of the describes around it, and its own. */
  readonly path: readonly string[];
}

/** `test`, `test.each(…)` and the like → the word they begin with. */
function wordOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) {
    return wordOf(ts.isTaggedTemplateExpression(callee) ? callee.tag : callee.expression);
  }
  return undefined;
}

function titleOf(call: ts.CallExpression): string | undefined {
  const [title, body] = call.arguments;
  if (title === undefined || body === undefined) return undefined;
  return ts.isStringLiteralLike(title) || ts.isTemplateExpression(title) ? title.getText().slice(1, -1) : undefined;
}

function namesIn(file: string): readonly TestName[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const names: TestName[] = [];
  const visit = (node: ts.Node, outer: readonly string[]): void => {
    const word = ts.isCallExpression(node) ? wordOf(node.expression) : undefined;
    const title = ts.isCallExpression(node) ? titleOf(node) : undefined;
    const isTitled = title !== undefined && (word === 'describe' || word === 'test' || word === 'it');
    const path = isTitled ? [...outer, title] : outer;
    if (isTitled && word !== 'describe') names.push({ file, path });
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(source, []);
  return names;
}

const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
  // Suites that share a cluster are files of their own, imported by one.
  .filter((file) => file.endsWith('.ts') && readFileSync(join(root, file), 'utf8').includes("from '@jest/globals'"))
  .sort()
  .flatMap(namesIn);

describe('the names of tests', () => {
  test('are unique in the whole tree', () => {
    const files = new Map<string, string[]>();
    for (const { file, path } of names) {
      const name = path.join(' > ');
      files.set(name, [...(files.get(name) ?? []), file]);
    }
    expect([...files].filter(([, found]) => found.length > 1)).toEqual([]);
  });

  test('have at least two words, or a placeholder for the words of a row', () => {
    const short = names.filter(({ path }) => {
      const own = path.at(-1) ?? '';
      return own.split(/\s+/).length < 2 && !/[%$]/.test(own);
    });
    expect(short.map(({ file, path }) => `${file}: ${path.join(' > ')}`)).toEqual([]);
  });

  test('are found at all', () => {
    expect(names.length).toBeGreaterThan(1_000);
  });
});
