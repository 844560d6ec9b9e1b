import { limits } from '../limits/index.js';

const codes = {
  quote: 0x22,
  comma: 0x2c,
  backslash: 0x5c,
  list: 0x5b,
  listEnd: 0x5d,
  object: 0x7b,
  objectEnd: 0x7d,
} as const;

/** Why JSON costs the parser too much, in words. */
export function costFault(json: string): string | undefined {
  // In texts too: where there are few, there is no need to follow every character, which takes far longer than a search.
  const brackets = amount(json, '{', limits.reviewDepth) + amount(json, '[', limits.reviewDepth);
  if (brackets <= limits.reviewDepth && amount(json, ',', limits.reviewValues) < limits.reviewValues) return undefined;
  const { depth, values } = measured(json);
  if (depth > limits.reviewDepth) return 'the body has too many lists or objects in one another';
  if (values > limits.reviewValues) return 'the body has too many fields and entries';
  return undefined;
}

/** How often a character occurs, up to one more than `most`. */
function amount(json: string, character: string, most: number): number {
  let count = 0;
  for (let at = json.indexOf(character); at >= 0 && count <= most; at = json.indexOf(character, at + 1)) count += 1;
  return count;
}

/** How deep it is, and about how many values it has; no more is found out than whether either is too much. */
function measured(json: string): { depth: number; values: number } {
  let [depth, values] = [0, 0];
  for (let at = 0; at < json.length && depth <= limits.reviewDepth && values <= limits.reviewValues; at += 1) {
    const code = json.charCodeAt(at);
    if (code === codes.quote) at = endOfText(json, at);
    else if (code === codes.comma) values += 1;
    else if (code === codes.list || code === codes.object) [depth, values] = [depth + 1, values + 1];
    else if (code === codes.listEnd || code === codes.objectEnd) depth -= 1;
  }
  return { depth, values };
}

function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === codes.quote) return at;
    if (code === codes.backslash) at += 1;
  }
  return json.length;
}
