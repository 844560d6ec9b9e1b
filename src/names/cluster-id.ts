import { TerminalError } from '../errors/index.js';

declare const normalised: unique symbol;

/** A cluster ID in its one normal form; only `clusterId` makes it. */
export type ClusterId = string & { readonly [normalised]: true };

const longest = 63;

/** Lower-cased, without space around it; empty or longer than 63 characters is `InvalidClusterID`. */
export function clusterId(text: string): ClusterId {
  // Lower-casing can take a letter apart again, so composing comes last.
  const id = text.normalize('NFC').toLowerCase().normalize('NFC').trim();
  const length = [...id].length;
  if (length === 0 || length > longest) {
    const found = length === 0 ? 'is empty' : `has ${length} characters`;
    throw new TerminalError('InvalidClusterID', `clusterID ${found}`, {
      hint: `Set spec.clusterID to 1 to ${longest} characters, best lower-case letters, digits and single hyphens.`,
    });
  }
  return id as ClusterId;
}
