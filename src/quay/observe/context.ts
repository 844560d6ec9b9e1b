import type { Needs } from '../../plan/index.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import type { Features } from '../features.js';
import type { RobotNames } from '../robot-names.js';

/** What every reader of one observation shares. */
export interface Reading {
  readonly ask: Ask;
  readonly calls: CallsIn;
  readonly names: RobotNames;
  readonly needs: Needs;
  readonly features: () => Promise<Features>;
}

/** Orders by name, as bytes: the same on every machine. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
