import { isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Scalar, type Tags } from 'yaml';
import { yamlFault } from '../../errors/index.js';
import { type ConfigMapping, type ConfigValue, isMapping, PlainScalar } from '../config/value.js';
import { type FaultText } from '../faults.js';
import { fieldLines } from './field-lines.js';
import { repeatedKeys } from './repeated-keys.js';
import { strayAliases } from './stray-aliases.js';

/** A configuration file and the lines of its fields. */
export interface ParsedConfig {
  readonly values: ConfigMapping;
  readonly faults: readonly FaultText[];
  /** What it says is unknown. */
  readonly unread?: true;
  /** The line of each field, from 1, by its path: `DISTRIBUTED_STORAGE_CONFIG.default[1].s3_bucket`. */
  readonly lines: Readonly<Record<string, number>>;
}

/** A Secret holds no more than this. */
export const secretBytes = 1024 * 1024;

// Quay reads its configuration as YAML 1.1, in which `yes` is true, `010` is eight and `<<` merges.
const yaml11 = {
  prettyErrors: false,
  logLevel: 'error',
  version: '1.1',
  merge: true,
  // Compares every key with every other, which takes minutes for a megabyte: `repeatedKeys` does it in one go.
  uniqueKeys: false,
  // Dates stay the text that they are; bytes, sets and the like have no place in a configuration.
  customTags: (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || !foreign.test(tag.tag)),
} as const;

const foreign = /:(?:timestamp|binary|omap|pairs|set)$/;

const nothing: ParsedConfig = { values: {}, faults: [], unread: true, lines: {} };

/** Reads a configuration file as Quay does, without losing a digit; whatever is wrong with it comes as faults. */
export function parseConfig(text: string): ParsedConfig {
  const early = tooMuch(text);
  if (early !== undefined) return { ...nothing, faults: [early] };
  const lines = new LineCounter();
  const document = compose(text, lines);
  if (document === undefined) return { ...nothing, faults: [tooDeep] };
  const lineAt = (offset: number): number => Math.max(lines.linePos(offset).line, 1);
  const syntax = [...document.errors, ...document.warnings].map(({ code, pos: [at] }): FaultText => {
    const message = `is not YAML: ${yamlFault(code)}`;
    return { path: '', message, hint: 'Correct the text at this line.', line: lineAt(at) };
  });
  if (syntax.length > 0) return { ...nothing, faults: syntax.slice(0, 20) };
  const aliases = strayAliases(document).map(({ at, ...fault }) => ({ ...fault, line: lineAt(at) }));
  if (aliases.length > 0) return { ...nothing, faults: aliases };
  const values = valuesOf(document);
  const faults = repeatedKeys(document).map(({ at, ...fault }) => ({ ...fault, line: lineAt(at) }));
  if (values === isEmpty) return { values: {}, faults: [isEmpty], lines: {} };
  if ('message' in values) return { ...nothing, faults: [...faults, values] };
  return { values: values.map, faults, lines: fieldLines(document, lineAt) };
}

function tooMuch(text: string): FaultText | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= secretBytes) return undefined;
  const message = `is ${bytes} bytes long; a Secret holds at most ${secretBytes}`;
  return { path: '', message, hint: 'Move certificates and other files out of it.' };
}

const tooDeep: FaultText = {
  path: '',
  message: 'is nested too deeply',
  hint: 'No configuration needs that; write it flat.',
};

function compose(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    const document = parseDocument(text, { ...yaml11, lineCounter });
    const isDeep = document.errors.some(({ message }) => /stack/i.test(message));
    return isDeep ? undefined : document;
  } catch (cause) {
    // The parser descends once per level.
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

const isEmpty: FaultText = {
  path: '',
  message: 'is empty',
  hint: 'Give at least one key, such as `SERVER_HOSTNAME: quay.example.com`.',
};

/** The mapping that a document stands for, or what else it is. */
function valuesOf(document: Document): { readonly map: ConfigMapping } | FaultText {
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return isEmpty;
  }
  if (!isMap(contents)) {
    return { path: '', message: 'is no mapping', hint: 'Write one `KEY: value` on each line.' };
  }
  visit(document, {
    Scalar: (position, scalar) => {
      if (position !== 'key') keepAsWritten(scalar);
      // `on` and `10` are names where they stand as keys.
      else if (typeof scalar.value !== 'string' && scalar.source !== undefined) scalar.value = scalar.source;
    },
  });
  try {
    const map: unknown = document.toJS({ maxAliasCount: 1000 });
    if (isInItself(map, [])) return inItself;
    return isMapping(map as ConfigValue) ? { map: map as ConfigMapping } : tooDeep;
  } catch {
    const message = 'cannot be read: its aliases stand for more than they may';
    return { path: '', message, hint: 'Write out what its aliases stand for.' };
  }
}

const inItself: FaultText = {
  path: '',
  message: 'has an alias inside what it stands for',
  hint: 'Write out what the alias stands for.',
};

/** Whether an alias leads back to where it stands, which makes a configuration without an end. */
function isInItself(value: unknown, around: readonly unknown[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (around.includes(value)) return true;
  const inside = [...around, value];
  return Object.values(value).some((inner) => isInItself(inner, inside));
}

/** Puts the source in place of a value that would come out as another one. */
function keepAsWritten(scalar: Scalar): void {
  const { value, source } = scalar;
  if (source === undefined || scalar.type !== 'PLAIN') return;
  // Quay's parser takes `yes` and `on` for true, and these for letters.
  if (/^[yn]$/i.test(source)) scalar.value = source;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const isDate = typeof value === 'string' && /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/.test(source);
  if (isDate || (isNumber && String(value) !== source)) scalar.value = new PlainScalar(source);
}
