import { load, YAMLException } from 'js-yaml';
import { isRecord } from '../../json/index.js';
import { limits } from '../../limits/index.js';
import { type Position, SyntaxFault } from './reader.js';

/** A directive of Helm, Jinja or the like, which does not stand in a quoted text or a comment. */
const directive = /^[^'"#]*\{[{%]/;

/** Parses one document. `lineOf` turns a line of the text, from 1, into the line of the file. */
export function parseYaml(text: string, lineOf: (line: number) => number): unknown {
  let value: unknown;
  try {
    value = load(text, { maxAliases: limits.yamlAliases });
  } catch (error) {
    throw faultOf(error, text, lineOf);
  }
  if (text.includes('*') && text.includes('&')) refuseBomb(value, { line: lineOf(1) });
  return value;
}

function faultOf(error: unknown, text: string, lineOf: (line: number) => number): SyntaxFault {
  if (!(error instanceof YAMLException)) return new SyntaxFault('is not valid YAML', { line: lineOf(1) });
  const { mark, reason } = error;
  const position: Position =
    mark === undefined ? { line: lineOf(1) } : { line: lineOf(mark.line + 1), column: mark.column + 1 };
  // Quoted in the reason stands a key, an anchor or a tag of the file, where a value may have slipped in.
  const said = reason.replace(/"[^"]*"|'[^']{3,}'/g, '…');
  const indentation = /^\s*/.exec(text.split('\n')[mark?.line ?? 0] ?? '')?.[0];
  if (/null byte/.test(reason)) return new SyntaxFault('is not text', position, 'An archive has to be unpacked first.');
  if (/duplicated mapping key/.test(reason))
    return new SyntaxFault('is not valid YAML: a key stands twice', position, 'Keep one of them.');
  if (text.split('\n').some((line) => directive.test(line))) {
    const hint = 'It looks like a template: render it first, with helm template for example.';
    return new SyntaxFault(`is not valid YAML: ${said}`, position, hint);
  }
  if (indentation?.includes('\t') !== true) {
    return new SyntaxFault(`is not valid YAML: ${said}`, position, 'Correct the line, or write the file again.');
  }
  return new SyntaxFault('is not valid YAML: a tab in the indentation', position, 'Indent with spaces.');
}

/** Aliases of aliases can stand for more than any memory holds; how much is counted without following any of them twice. */
function refuseBomb(root: unknown, position: Position): void {
  const sizes = new Map<object, number>();
  const size = (value: unknown): number => {
    if (!Array.isArray(value) && !isRecord(value)) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    // Until it is known, an object is endless: one that contains itself stays so.
    sizes.set(value, Infinity);
    const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    const total = children.reduce<number>((sum, child) => sum + size(child), 1);
    sizes.set(value, total);
    return total;
  };
  if (size(root) > limits.aliasedValues) {
    throw new SyntaxFault(
      'has aliases that stand for too much, or for themselves',
      position,
      'Write it out without aliases.',
    );
  }
}
