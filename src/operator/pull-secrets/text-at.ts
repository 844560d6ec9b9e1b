/** The text at a field of a value that came from outside; empty when there is none. */
export function textAt(value: unknown, field: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found = (value as Readonly<Record<string, unknown>>)[field];
  return typeof found === 'string' ? found : '';
}
