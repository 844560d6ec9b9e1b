import { isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { InvalidInput, type Problem } from '../errors/index.js';
import { firstFaults } from './first-faults.js';
import type { JsonObject } from './json.js';
import { locateNode, type FieldPath } from './locate.js';
import { readText } from './read-text.js';
import { forbiddenIn } from './forbidden-yaml.js';

/** Where something stands in a file, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One YAML file and the places of its fields. */
export interface ParsedFile {
  readonly value: JsonObject;
  /** Whether nobody wrote anything there: not a field, not even a comment. */
  readonly isBlank: boolean;
  /** The place of a field (`spec.robots[0].name`, or its steps), or of the nearest field around it that exists. */
  locate(path: FieldPath): Position;
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'one file holds one document; remove the `---` or split the file',
};

const messages: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second document begins here',
};

// `logLevel: 'silent'` would hide that there are several documents; `!!binary` and its like are not JSON.
const yaml12 = {
  prettyErrors: false,
  logLevel: 'error',
  version: '1.2',
  schema: 'core',
  merge: false,
  // `forbiddenIn` looks for them.
  uniqueKeys: false,
  resolveKnownTags: false,
} as const;

/** Parses one YAML 1.2 document whose top level is a mapping. An empty file is an empty mapping. Aliases are refused. */
export function parseYaml(content: string | Uint8Array, source: string): ParsedFile {
  const text = readText(content, source);
  const { document, position } = compose(text, source);
  const errors = [...document.errors, ...document.warnings];
  if (errors.some(({ message }) => /stack/i.test(message))) throw tooDeep(source);
  const faults = errors.map((fault): Problem => {
    const hint = hints[fault.code];
    const message = messages[fault.code] ?? fault.message.split('\n')[0] ?? fault.code;
    return { path: '', message, source, ...position(fault.pos[0]), ...(hint === undefined ? {} : { hint }) };
  });
  const forbidden = faults.length > 0 ? [] : forbiddenIn(document);
  const problems = [
    ...faults,
    ...forbidden.map(({ offset, ...fault }) => ({ path: '', source, ...fault, ...position(offset) })),
  ];
  if (problems.length > 0) throw new InvalidInput(firstFaults(problems, source));
  // Nothing in the document can be an alias, a tag of somebody's or a key that is no text: what comes out is JSON.
  const value = (document.toJS() ?? {}) as JsonObject;
  return { value, isBlank: isBlank(document), locate: locatorIn(text, source) };
}

function isBlank({ contents, comment, commentBefore }: Document): boolean {
  const isNothing = contents === null || (isScalar(contents) && contents.value === null);
  return isNothing && [comment, commentBefore, contents?.comment, contents?.commentBefore].every((one) => !one);
}

/**
 * Parses again when it is asked: the parsed form takes ten times the room of the text, and is seldom needed. Who asks for many
 * places asks for all of them in one go, through which the parsed form is kept.
 */
function locatorIn(text: string, source: string): ParsedFile['locate'] {
  let kept: WeakRef<Composed> | undefined;
  return (path) => {
    const composed = kept?.deref() ?? compose(text, source);
    kept = new WeakRef(composed);
    return composed.position(locateNode(composed.document.contents, path));
  };
}

interface Composed {
  readonly document: Document;
  readonly position: (offset: number) => Position;
}

function compose(text: string, source: string): Composed {
  const lineCounter = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    return { document: parseDocument(text, { ...yaml12, lineCounter }), position };
  } catch (cause) {
    // The parser descends once per level: thousands of levels exhaust the stack, and no document means that.
    if (!(cause instanceof RangeError)) throw cause;
    throw tooDeep(source);
  }
}

function tooDeep(source: string): InvalidInput {
  return new InvalidInput([{ path: '', message: 'is nested too deeply', source, hint: 'no document needs that' }]);
}
