const marker = '[redacted]';

/** What looks like a credential wherever it stands: robot tokens, OAuth tokens, JSON web tokens, bearer headers. */
const patterns = [
  /\bbearer\s+[^\s"',]+/gi,
  /\beyJ[\w-]{8,}(?:\.[\w-]+)*/g,
  /\b[A-Z0-9]{64}\b/g,
  /\b[A-Za-z0-9]{40}\b/g,
];

/** The first line of a text, at most `most` characters, without the given values and without what looks like a credential. */
export function firstLine(text: string, secrets: readonly string[], most: number): string {
  let clean = text.split(/\r?\n/, 1)[0] ?? '';
  for (const secret of secrets.flatMap(withParts).sort((a, b) => b.length - a.length)) {
    if (secret.length >= 3) clean = clean.replaceAll(secret, marker);
  }
  for (const pattern of patterns) clean = clean.replace(pattern, marker);
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** Of an address the host may be shown, the rest not: not even without the host. */
function withParts(secret: string): readonly string[] {
  const url = URL.parse(secret.trim());
  return url === null ? [secret, secret.trim()] : [secret, secret.trim(), url.pathname + url.search, url.pathname];
}
