import { LineCounter, parseDocument } from 'yaml';
import { fileFault, InvalidInput } from '../../src/errors/index.js';
import { readAtMostSync } from '../../src/files/read-at-most.js';
import { limits } from '../../src/limits/index.js';
import { checkOptions } from './check.js';
import { optionsFromEnvironment } from './environment.js';
import { type Options } from './schema.js';

/** The variable that names a file with options, YAML or JSON. */
export const fileVariable = 'QUAYSIDE_OPTIONS';

/** The options of an installation: the file's, and over them the environment's. */
export function readOptions(environment: Readonly<Record<string, string | undefined>>): Options {
  const file = environment[fileVariable];
  const over = optionsFromEnvironment(environment);
  if (file === undefined || file === '') return checkOptions(over, 'options');
  const written = fromFile(file);
  if (written === null || written === undefined) return checkOptions(over, file);
  if (typeof written !== 'object' || Array.isArray(written)) return checkOptions(written, file);
  return checkOptions({ ...written, ...over }, file);
}

function fromFile(file: string): unknown {
  let text: string;
  try {
    text = readAtMostSync(file, limits.namedFileBytes).toString('utf8');
  } catch (error) {
    throw new InvalidInput(
      [{ path: '', message: fileFault(error), source: file, hint: `${fileVariable} must name a file with options` }],
      'InvalidOptions',
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length === 0) return document.toJS();
  const problems = document.errors.map(({ message, pos: [start] }) => {
    const { line, col } = lines.linePos(start);
    return { path: '', message: `is no YAML: ${message}`, source: file, line, column: col };
  });
  throw new InvalidInput(problems, 'InvalidOptions');
}
