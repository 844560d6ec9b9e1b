import { isDeepStrictEqual } from 'node:util';
import { secretPattern } from './secret-pattern.js';

const hidden = '[redacted]';

// Fields whose value is a credential, whoever put it there and however deep.
const credentialNames = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'password',
  'passphrase',
  'token',
  'access_token',
  'accesstoken',
  'bearertoken',
  'refresh_token',
  'private_key',
  'privatekey',
  'client_secret',
  'clientsecret',
  'stringdata',
  'tls.key',
  'auth',
  'auths',
  '.dockerconfigjson',
];
const isCredential = new Set(credentialNames);
const credentialField = new RegExp(
  `"(?:${credentialNames.map((name) => name.replaceAll('.', '\\.')).join('|')})":`,
  'i',
);

// Credentials that show by their shape, in the middle of a message. Each keeps what stands before them, and begins with
// what is rare and cannot stand in what follows: foreign text is searched, and must not be searched anew from each letter.
const shapes = [
  // Long enough not to be a word.
  /(\b(?:bearer|basic) +)[\w.~+/=-]{16,}/gi,
  /(\bauthorization: *)(?!(?:bearer|basic) )[^\s"']+/gi,
  /(:\/\/)[^/\s@"']+(?=@)/g,
  /([?&](?:access_)?token=)[^&\s"'#]+/gi,
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?=-----END|$)/gs,
];

/** Gives lines of JSON back without these secrets, and without whatever looks like a credential. */
export function hideSecrets(secrets: () => readonly string[]): (line: string) => string {
  const patternOf = remembered(secretPattern);
  return (line) => {
    const pattern = patternOf(secrets());
    const clean = (text: string): string => cleanText(text, pattern);
    if (!credentialField.test(line) && clean(line) === line) return line;
    try {
      return `${JSON.stringify(cleanValue(JSON.parse(line), clean))}\n`;
    } catch {
      return clean(line);
    }
  };
}

function cleanText(text: string, pattern: RegExp | undefined): string {
  const known = pattern === undefined ? text : text.replace(pattern, hidden);
  return shapes.reduce((left, shape) => left.replace(shape, `$1${hidden}`), known);
}

function cleanValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return clean(String(value)) === String(value) ? value : hidden;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, clean));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      clean(key),
      isCredential.has(key.toLowerCase()) ? hidden : cleanValue(inner, clean),
    ]),
  );
}

/** The list of secrets hardly ever changes between two lines. */
function remembered<T>(make: (secrets: readonly string[]) => T): (secrets: readonly string[]) => T {
  let last: { readonly secrets: readonly string[]; readonly made: T } | undefined;
  return (secrets) => {
    if (last === undefined || !isDeepStrictEqual(secrets, last.secrets)) {
      last = { secrets: [...secrets], made: make(secrets) };
    }
    return last.made;
  };
}
