import { type z } from 'zod';
import { type Problem } from '../../errors/index.js';
import { fieldsOf, schemaAt } from '../schema/walk.js';
import { fieldPath } from './field-path.js';
import { suggestion } from './suggestion.js';

/** One problem for each fault that a schema found. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], schema: z.core.$ZodType): Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(issue.path, key, schema));
    return [{ path: fieldPath(issue.path), ...faultOf(issue) }];
  });
}

function unknownField(path: readonly PropertyKey[], key: string, schema: z.core.$ZodType): Problem {
  const parent = schemaAt(schema, path);
  const hint = suggestion(key, parent === undefined ? [] : Object.keys(fieldsOf(parent)));
  return { path: fieldPath([...path, key]), message: 'unknown field', ...(hint !== undefined && { hint }) };
}

function faultOf(issue: z.core.$ZodIssue): Pick<Problem, 'message' | 'hint'> {
  switch (issue.code) {
    case 'invalid_type':
      return { message: issue.input === undefined ? 'is required' : wrongType(issue.expected, issue.input) };
    case 'invalid_value':
      return wrongValue(issue.values.map(String), issue.input);
    case 'too_small':
      return { message: `must ${bound(issue.origin, 'at least', Number(issue.minimum))}` };
    case 'too_big':
      return { message: `must ${bound(issue.origin, 'at most', Number(issue.maximum))}` };
    case 'custom':
      return { message: issue.message, ...(typeof issue.params?.hint === 'string' && { hint: issue.params.hint }) };
    default:
      return { message: issue.message };
  }
}

function wrongValue(values: readonly string[], input: unknown): Pick<Problem, 'message' | 'hint'> {
  if (input === undefined) return { message: 'is required' };
  const message = values.length === 1 ? `must be ${values.join()}` : `must be one of ${values.join(', ')}`;
  const hint = typeof input === 'string' && values.length > 1 ? suggestion(input, values) : undefined;
  return hint?.startsWith('did') === true ? { message, hint } : { message };
}

function wrongType(expected: string, input: unknown): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
  };
  return `must be ${names[expected] ?? expected}, not ${kindOf(input)}`;
}

function kindOf(input: unknown): string {
  if (input === null) return 'empty';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'number' && !Number.isInteger(input)) return 'a fraction';
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    boolean: 'true or false',
    object: 'a mapping',
  };
  return names[typeof input] ?? typeof input;
}

function bound(origin: string, words: string, limit: number): string {
  const least = words === 'at least' && limit === 1;
  if (origin === 'string') return least ? 'not be empty' : `have ${words} ${limit} characters`;
  if (origin === 'array') return least ? 'not be empty' : `have ${words} ${limit} items`;
  return `be ${words} ${limit}`;
}
