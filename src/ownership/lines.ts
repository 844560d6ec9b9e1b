const plain = /^[!#-~](?:[ -~]*[!-~])?$/;
const label = /^[a-zA-Z]+(?: [a-zA-Z]+)?$/;

/** `label: value`; plain values as they are, anything else (also nothing at all) in quotes. */
export function writeLine(name: string, value: string): string {
  return `${name}: ${plain.test(value) ? value : JSON.stringify(value)}`;
}

/** The values of such lines by their labels; whatever else stands in the text is a remark. */
export function readLines(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    if (colon < 0 || name.length > 30 || !label.test(name)) continue;
    const value = unquoted(line.slice(colon + 1).trim());
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

function unquoted(value: string): string | undefined {
  if (!value.startsWith('"')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'string' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
