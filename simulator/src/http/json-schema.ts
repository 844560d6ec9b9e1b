import { isList, isObject, type Json } from './json.js';
import { pythonText } from './python-text.js';

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** The part of JSON Schema that Quay's request schemas use. */
export interface Schema {
  readonly type?: TypeName | readonly TypeName[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** Exactly one of these must hold. */
  readonly oneOf?: readonly Schema[];
}

/** The first violation, worded like Python's validator; undefined when the value conforms. */
export function violation(schema: Schema, value: Json): string | undefined {
  const found = ownViolation(schema, value) ?? innerViolation(schema, value);
  return found && `${found}\n\nOn instance:\n    ${pythonText(value)}`;
}

function check(schema: Schema, value: Json): string | undefined {
  return ownViolation(schema, value) ?? innerViolation(schema, value);
}

/** What is wrong with the value itself; the validator reports this before anything deeper. */
function ownViolation(schema: Schema, value: Json): string | undefined {
  return (
    typeViolation(schema, value) ??
    enumViolation(schema, value) ??
    (typeof value === 'number' ? rangeViolation(schema, value) : undefined) ??
    (typeof value === 'string' ? textViolation(schema, value) : undefined) ??
    (isObject(value) ? keyViolation(schema, value) : undefined) ??
    choiceViolation(schema, value)
  );
}

function typeViolation(schema: Schema, value: Json): string | undefined {
  if (schema.type === undefined) return undefined;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (types.some((type) => hasType(type, value))) return undefined;
  return `${pythonText(value)} is not of type ${types.map((type) => `'${type}'`).join(', ')}`;
}

function hasType(type: TypeName, value: Json): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return isList(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function enumViolation(schema: Schema, value: Json): string | undefined {
  if (!schema.enum || schema.enum.some((allowed) => allowed === value)) return undefined;
  return `${pythonText(value)} is not one of ${pythonText(schema.enum)}`;
}

function rangeViolation(schema: Schema, value: number): string | undefined {
  if (schema.minimum !== undefined && value < schema.minimum) {
    return `${value} is less than the minimum of ${schema.minimum}`;
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    return `${value} is greater than the maximum of ${schema.maximum}`;
  }
  return undefined;
}

function textViolation(schema: Schema, value: string): string | undefined {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength) {
    return length === 0 ? `'' should be non-empty` : `${pythonText(value)} is too short`;
  }
  if (schema.maxLength !== undefined && length > schema.maxLength) return `${pythonText(value)} is too long`;
  if (schema.pattern && !schema.pattern.test(value)) {
    return `${pythonText(value)} does not match ${pythonText(schema.pattern.source)}`;
  }
  return undefined;
}

function keyViolation(schema: Schema, value: { readonly [key: string]: Json | undefined }): string | undefined {
  const missing = schema.required?.find((key) => value[key] === undefined);
  if (missing !== undefined) return `'${missing}' is a required property`;
  if (schema.additionalProperties !== false) return undefined;
  const unexpected = Object.keys(value).filter((key) => !schema.properties?.[key]);
  if (unexpected.length === 0) return undefined;
  const verb = unexpected.length === 1 ? 'was' : 'were';
  const names = unexpected.map((key) => `'${key}'`).join(', ');
  return `Additional properties are not allowed (${names} ${verb} unexpected)`;
}

function choiceViolation(schema: Schema, value: Json): string | undefined {
  if (!schema.oneOf) return undefined;
  const violations = schema.oneOf.map((choice) => check(choice, value));
  const valid = violations.filter((found) => found === undefined).length;
  if (valid === 1) return undefined;
  return valid > 1 ? `${pythonText(value)} is valid under each of the given schemas` : violations.find(Boolean);
}

function innerViolation(schema: Schema, value: Json): string | undefined {
  if (isList(value)) return schema.items && firstViolation(value.map((entry) => [schema.items, entry]));
  if (!isObject(value) || !schema.properties) return undefined;
  return firstViolation(Object.entries(schema.properties).map(([key, inner]) => [inner, value[key]]));
}

function firstViolation(pairs: readonly (readonly [Schema | undefined, Json | undefined])[]): string | undefined {
  for (const [schema, value] of pairs) {
    const found = schema && value !== undefined ? check(schema, value) : undefined;
    if (found) return found;
  }
  return undefined;
}
