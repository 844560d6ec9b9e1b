/** What the body of an answer is: JSON whatever its type says, nothing, or something else such as a page. */
export type Body = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'empty' | 'other' };

/** Reads a body. Quay labels some JSON as HTML, and sends empty ones as JSON. */
export function bodyOf(text: string): Body {
  if (text.trim() === '') return { kind: 'empty' };
  if (!/^\s*[[{"\dtfn-]/.test(text)) return { kind: 'other' };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    // The parser's message quotes the text, which may hold a token: it goes no further.
    return { kind: 'other' };
  }
}

/** The words in an error's body, whichever of Quay's shapes it has. */
export function errorText(body: Body): string {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return '';
  for (const key of ['detail', 'error_message', 'message', 'error']) {
    const value: unknown = Reflect.get(body.value, key);
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'object' && value !== null) return wordsIn(Object.values(value));
  }
  return '';
}

/** A field of an error's body, when it is text. */
export function errorField(body: Body, key: string): string | undefined {
  if (body.kind !== 'json' || typeof body.value !== 'object' || body.value === null) return undefined;
  const value: unknown = Reflect.get(body.value, key);
  return typeof value === 'string' ? value : undefined;
}

/** The texts among some values; to make a text of a list in lists would take a stack as deep as these. */
function wordsIn(values: readonly unknown[]): string {
  const words = values.flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]));
  return words.filter((word) => ['string', 'number', 'boolean'].includes(typeof word)).join('; ');
}
