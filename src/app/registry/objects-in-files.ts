import { isAlias, LineCounter, parseAllDocuments, type Document } from 'yaml';
import { InvalidInput, yamlFault } from '../../errors/index.js';
import { type Fields, isRecord, objectOrEmpty, textOf } from '../../json/index.js';
import { limits } from '../../limits/index.js';
import { yamlCost } from '../../state/index.js';
import { readAtMost } from './read-at-most.js';

/** An object as it stands in a file. */
export interface FileObject {
  readonly object: Fields;
  /** The file. */
  readonly source: string;
  /** The line of a field given by its path (`spec.components[2]`), or of the nearest one around it. */
  lineOf(path: string): number | undefined;
}

/** Every object in files of YAML or JSON, those in lists among them; `-` is the standard input. */
export async function objectsInFiles(paths: readonly string[]): Promise<readonly FileObject[]> {
  const found: FileObject[] = [];
  for (const path of new Set(paths)) {
    const source = path === '-' ? 'standard input' : path;
    found.push(...objectsIn((await readAtMost(path, source)).toString('utf8'), source));
  }
  return found;
}

/** Every object of a text; what is no object with a kind is a fault. */
export function objectsIn(content: string, source: string): readonly FileObject[] {
  const most = limits.registryFileCost;
  if (yamlCost(content, most) > most) {
    const message = `has more than ${most} fields, entries and lines`;
    throw new InvalidInput([{ path: '', source, message, hint: 'Give only what belongs to the registry.' }]);
  }
  const lines = new LineCounter();
  let documents: readonly Document[];
  try {
    documents = parseAllDocuments(content, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  } catch {
    throw new InvalidInput([{ path: '', source, message: 'is nested too deeply', hint: 'No manifest needs that.' }]);
  }
  const faults = documents.flatMap(({ errors }) => errors);
  if (faults.length > 0) {
    throw new InvalidInput(
      faults.slice(0, limits.yamlFaults).map(({ code, pos: [at] }) => ({
        path: '',
        source,
        message: `is not YAML: ${yamlFault(code)}`,
        hint: 'Correct the text at this line.',
        line: Math.max(lines.linePos(at).line, 1),
      })),
    );
  }
  return documents.flatMap((document) => objectsOf(document, source, lines));
}

function objectsOf(document: Document, source: string, lines: LineCounter): readonly FileObject[] {
  const value = valueOf(document, source);
  if (value === null) return [];
  const items = isRecord(value) && Array.isArray(value.items) ? (value.items as readonly unknown[]) : undefined;
  const each = items?.map((item, at): [unknown, readonly Step[]] => [item, ['items', at]]) ?? [[value, []]];
  return each.map(([object, base]) => {
    const lineOf = (path: string): number | undefined => lineAt(document, [...base, ...stepsOf(path)], lines);
    if (isRecord(object) && textOf(object.kind) !== undefined) return { object, source, lineOf };
    const line = lineOf('');
    const hint = 'Give objects of Kubernetes, with apiVersion and kind.';
    throw new InvalidInput([{ path: '', source, ...(line && { line }), message: 'is no object with a kind', hint }]);
  });
}

function valueOf(document: Document, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    const message = 'has an alias without its anchor, or aliases that stand for more than they may';
    const hint = 'Put text that begins with * in quotes, and write out what aliases stand for.';
    throw new InvalidInput([{ path: '', source, message, hint }]);
  }
}

type Step = string | number;

/** The steps of `spec.components[2].kind`. */
function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

function lineAt(document: Document, steps: readonly Step[], lines: LineCounter): number | undefined {
  for (let length = steps.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(steps.slice(0, length), true);
    const range = isAlias(node) ? node.range : (node as { range?: readonly number[] } | undefined)?.range;
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return undefined;
}

/** The name and the namespace of an object. */
export function nameOf({ metadata }: Fields): { readonly name?: string; readonly namespace?: string } {
  const { name, namespace } = objectOrEmpty(metadata);
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof namespace === 'string' && { namespace }),
  };
}
