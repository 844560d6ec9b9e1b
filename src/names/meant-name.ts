const notes: ReadonlySet<string> = new Set(['md', 'markdown', 'txt', 'adoc', 'rst']);

/**
 * The name that a file which is not read may be meant to have: whatever its case, and whatever follows the first dot.
 * Notes that lie beside (`shop.md`, `OWNERS`) have none, and a hidden file only where it looks like YAML or JSON.
 */
export function meantName(fileName: string): string | undefined {
  const plain = withoutMarks(fileName.toLowerCase());
  const [first = '', ...endings] = plain.split('.');
  const name = first.trim();
  const isLoud = endings.length === 0 && fileName === fileName.toUpperCase();
  const isNote = isLoud || (endings.length === 1 && notes.has(endings[0] ?? ''));
  const isHidden = fileName.startsWith('.') && !looksLikeState(plain);
  return name === '' || isNote || isHidden ? undefined : name;
}

/** Whether the name of a file says, in any case and with whatever behind it, that it is YAML or JSON. */
export function looksLikeState(fileName: string): boolean {
  return /\.(?:ya?ml|json)(?=$|[^a-z])/i.test(fileName);
}

/** Without what editors and file managers put before and behind a name. */
function withoutMarks(name: string): string {
  const begin = name.search(/[^\s._~]/);
  if (begin < 0) return '';
  let end = name.length;
  while (/[\s~]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(begin, end);
}
