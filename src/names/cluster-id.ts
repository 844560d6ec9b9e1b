import { TerminalError } from '../errors/index.js';

declare const normalised: unique symbol;

/** A cluster ID in its one normal form; only `clusterId` makes it. */
export type ClusterId = string & { readonly [normalised]: true };

const longest = 63;

/** What nobody means as a name, with what it is: `${ID}` and `<id>` of a template, the number that a guide calls a line by. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/(?:[([<]|\s[([<]?)(?:\d{1,2}|[\u2460-\u2473\u2776-\u2793])[)\]>]?$/u, "ends like a guide's number for a line"],
  [/\$[a-z_{(]|\{\{|\}\}|<[^<>]*>|%[a-z_]\w*%/u, 'holds a placeholder that nothing has replaced'],
  [/\s{2}|[\t\n\r]/u, 'has blanks inside'],
];

/** Lower-cased, without space around it; empty, longer than 63 characters or a slip is `InvalidClusterID`. */
export function clusterId(text: string): ClusterId {
  // Lower-casing can take a letter apart again, so composing comes last.
  const id = text.normalize('NFC').toLowerCase().normalize('NFC').trim();
  const length = [...id].length;
  if (length === 0) throw invalid('is empty');
  if (length > longest) throw invalid(`has ${length} characters`);
  const [slip, what] = slips.find(([pattern]) => pattern.test(id)) ?? [];
  if (slip !== undefined) throw invalid(`${JSON.stringify(text)} ${what}`, without(slip, id));
  return id as ClusterId;
}

/** What is left, where that is a name by itself. */
function without(slip: RegExp, id: string): string | undefined {
  const rest = id.replace(slip, ' ').trim().replace(/\s+/gu, '-');
  return /^[a-z0-9][a-z0-9-]*$/.test(rest) ? rest : undefined;
}

function invalid(what: string, meant?: string): TerminalError {
  const rule = `Set spec.clusterID to 1 to ${longest} characters, best lower-case letters, digits and single hyphens.`;
  return new TerminalError('InvalidClusterID', `clusterID ${what}`, {
    hint: meant === undefined ? rule : `Did you mean ${meant}? ${rule}`,
  });
}
