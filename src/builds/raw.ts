/** A mapping that came from outside: nothing is known of its values. */
export type Raw = Readonly<Record<string, unknown>>;

/** Whether the value is a mapping, neither a list nor null. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a mapping; an empty one when it is anything else. */
export function rawOf(value: unknown): Raw {
  return isRaw(value) ? value : {};
}
