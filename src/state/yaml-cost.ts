/** Of what begins a field, an entry or a line; a dash does only with a blank behind it. */
const beginnings: ReadonlySet<string> = new Set(['\n', ',', ':', '[', '{', '?']);

/** How much a text of YAML costs to be parsed: no fewer than the fields and entries in it, counted up to `most` and one more. */
export function yamlCost(text: string, most: number): number {
  let cost = 0;
  for (let at = 0; at < text.length && cost <= most; at += 1) {
    const character = text.charAt(at);
    if (beginnings.has(character) || (character === '-' && text.charAt(at + 1) === ' ')) cost += 1;
  }
  return cost;
}
