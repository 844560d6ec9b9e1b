import { parse } from 'yaml';
import { InvalidInput, type Problem } from '../../src/errors/index.js';
import { optionsSchema } from './schema.js';

/** What the name of a variable for one option begins with; the rest is the option in capitals: `…FAILURE_POLICY`. */
export const optionPrefix = 'QUAYSIDE_OPTION_';

const shape = Object.entries(optionsSchema.shape);
const optionOf = new Map(shape.map(([name]) => [variableFor(name), name]));

/** The variable for an option. */
export function variableFor(option: string): string {
  return optionPrefix + option.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

/** The options that the environment sets. A value is taken as text where text will do, else as YAML. */
export function optionsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): object {
  const problems: Problem[] = [];
  const options: Record<string, unknown> = {};
  for (const [variable, text] of Object.entries(environment)) {
    if (!variable.startsWith(optionPrefix) || text === undefined) continue;
    const option = optionOf.get(variable);
    if (option === undefined) {
      problems.push({
        path: variable,
        message: 'is not an option',
        hint: `there are ${[...optionOf.keys()].join(', ')}`,
      });
      continue;
    }
    options[option] = valueOf(option, text);
  }
  if (problems.length > 0) throw new InvalidInput(problems, 'InvalidOptions');
  return options;
}

function valueOf(option: string, text: string): unknown {
  const schema = shape.find(([name]) => name === option)?.[1];
  if (schema?.safeParse(text).success === true) return text;
  try {
    const value: unknown = parse(text);
    // What is neither stays text, so that the complaint shows what was written.
    return schema?.safeParse(value).success === true || typeof value === 'object' ? value : numberOr(value, text);
  } catch {
    return text;
  }
}

function numberOr(value: unknown, text: string): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? value : text;
}
