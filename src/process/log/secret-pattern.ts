// Something shorter stands in half of all words.
const shortest = 4;
// Of a secret in several lines, such as a key, single lines turn up in messages as well.
const shortestLine = 16;
const shortestEncoded = 8;

/** Finds every way in which one of these secrets may be written in a text; undefined when there is nothing to find. */
export function secretPattern(secrets: readonly string[]): RegExp | undefined {
  const known = secrets.flatMap((secret) => [secret, ...lines(secret)]).filter((secret) => secret.length >= shortest);
  if (known.length === 0) return undefined;
  const forms = [...new Set(known.flatMap((secret) => [quotable(secret), ...encoded(secret).map(escaped)]))];
  return new RegExp(forms.sort((one, other) => other.length - one.length).join('|'), 'g');
}

function lines(secret: string): string[] {
  return secret.split(/\r?\n/).filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
}

// A backslash is doubled with every string in a string.
const deepest = 64;

const controls: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };

/** The text itself, and the text as a string in JSON, in JSON in a string in JSON, and so on. */
function quotable(text: string): string {
  // Backslashes side by side are one repetition: several could share them out in any number of ways.
  return Array.from(text.match(/\\+|[^\\]/gu) ?? [], (character) => {
    if (character.startsWith('\\')) return `\\\\{${character.length},${deepest * character.length}}`;
    if (character === '"' || character === "'") return `\\\\{0,${deepest}}${character}`;
    const letter = controls[character];
    return letter === undefined ? escaped(character) : `(?:\\${letter}|\\\\{1,${deepest}}${letter})`;
  }).join('');
}

function escaped(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
}

function encoded(secret: string): string[] {
  // Half a character cannot be encoded.
  const bytes = Buffer.from(secret);
  const inAddress = encodeURIComponent(bytes.toString());
  return secret.length < shortestEncoded
    ? [inAddress]
    : [inAddress, ...[0, 1, 2].flatMap((skip) => base64(bytes, skip))];
}

/** What of the base64 of a longer text does not depend on what stands before and behind the secret in it. */
function base64(bytes: Buffer, skip: number): string[] {
  const certain = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
  return [certain.toString('base64'), certain.toString('base64url')];
}
