import { type ConfigValue, isMapping, PlainScalar } from '../config/value.js';
import { plainNumber } from '../config/plain-number.js';
import { type Shape } from './keys.js';

/** Something wrong with a value, by the steps that lead to it. */
export interface ShapeFault {
  readonly steps: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

/** What is wrong with a value and all in it. */
export function checkShape(value: ConfigValue, shape: Shape): readonly ShapeFault[] {
  const { types = [] } = shape;
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return [wrongType(value, types)];
  if (isMapping(value)) return fields(value, shape);
  if (Array.isArray(value)) return elements(value as readonly ConfigValue[], shape);
  const message = typeof value === 'string' ? textFault(value, shape) : numberFault(value, shape);
  return message === undefined ? [] : [{ steps: [], ...message }];
}

function isOfType(value: ConfigValue, type: string): boolean {
  const plain = plainNumber(value);
  switch (type) {
    case 'null':
      return plain === null;
    case 'array':
      return Array.isArray(plain);
    case 'object':
      return isMapping(plain);
    case 'integer':
      return Number.isInteger(plain);
    case 'number':
      return typeof plain === 'number';
    default:
      return typeof plain === type;
  }
}

function wrongType(value: ConfigValue, types: readonly string[]): ShapeFault {
  const wanted = types.map((type) => words[type] ?? type).join(' or ');
  const isQuotable = types.includes('string') && (value instanceof PlainScalar || typeof value !== 'object');
  const hint = isQuotable ? 'Put it in quotes.' : 'Correct its value.';
  return { steps: [], message: `has to be ${wanted}`, hint };
}

function fields(value: ConfigValue & object, { required = [], fields: known = {} }: Shape): readonly ShapeFault[] {
  const map = value as Readonly<Record<string, ConfigValue>>;
  const missing = required
    .filter((name) => map[name] === undefined)
    .map((name) => ({ steps: [name], message: 'is missing', hint: `Set ${name}.` }));
  const wrong = Object.entries(known).flatMap(([name, shape]) => {
    const field = map[name];
    return field === undefined
      ? []
      : checkShape(field, shape).map(({ steps, ...fault }) => ({ ...fault, steps: [name, ...steps] }));
  });
  return [...missing, ...wrong];
}

function elements(list: readonly ConfigValue[], { items }: Shape): readonly ShapeFault[] {
  if (items === undefined) return [];
  return list.flatMap((value, at) =>
    checkShape(value, items).map(({ steps, ...fault }) => ({ ...fault, steps: [at, ...steps] })),
  );
}

type Words = Omit<ShapeFault, 'steps'>;

function textFault(text: string, { choices, pattern, minLength, maxLength }: Shape): Words | undefined {
  if (choices !== undefined && !choices.includes(text)) {
    return { message: `is none of the values that Quay knows`, hint: `Take one of ${choices.join(', ')}.` };
  }
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) {
    const isDuration = pattern.includes('w|m|d|h|s');
    return isDuration
      ? { message: 'is no duration', hint: 'Write a number and one of w, d, h, m, s, such as 2w.' }
      : { message: 'does not have the form that Quay asks for', hint: `It has to match ${pattern}.` };
  }
  if (minLength !== undefined && text.length < minLength) return { message: 'is empty', hint: 'Give it a value.' };
  if (maxLength === undefined || text.length <= maxLength) return undefined;
  return { message: `is longer than ${maxLength} characters`, hint: 'Make it shorter.' };
}

function numberFault(value: ConfigValue, { minimum, maximum }: Shape): Words | undefined {
  const number = Number(plainNumber(value));
  if (minimum !== undefined && number < minimum) return { message: `is less than ${minimum}`, hint: 'Make it larger.' };
  if (maximum === undefined || number <= maximum) return undefined;
  return { message: `is more than ${maximum}`, hint: 'Make it smaller.' };
}
