/** A mapping that came from outside: nothing is known of its values. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as a mapping; an empty one when it is anything else. */
export function objectOrEmpty(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** The mapping at a path below the value; an empty one where there is none. */
export function objectAt(value: unknown, ...path: readonly string[]): Fields {
  return path.reduce((at, name) => objectOrEmpty(at[name]), objectOrEmpty(value));
}

/** The mappings of a list; none when it is no list. */
export function objectsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Whether the value is a mapping, neither a list nor null. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text, when it is one and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entries of a mapping whose values are texts. */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectOrEmpty(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
