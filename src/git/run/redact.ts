/** The text with every secret in it replaced. */
export function redact(text: string, secrets: readonly string[]): string {
  const longestFirst = [...secrets].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  const hidden = longestFirst.reduce((left, secret) => left.replaceAll(secret, '***'), text);
  // git quotes addresses as it got them, and a redirect may bring credentials of its own.
  return hidden.replace(/:\/\/[^/\s@]+@/g, '://***@').replace(/(authorization:[ \t]*)[^\r\n]+/gi, '$1***');
}
