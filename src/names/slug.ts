/** The readable part of an escaped name: runs of lower-case letters and digits with a single `-` between them. */
export function slug(text: string, longest: number): string {
  const runs = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, longest)
    .replace(/-$/, '');
  return runs === '' ? 'x' : runs;
}
