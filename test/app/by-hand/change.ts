import type { QuayOrganizationSpec, Repository } from '../../../src/api/index.js';
import type { Hand } from './ask.js';
import { organization } from './organization.js';

/** Something stated that somebody changes by hand. */
export interface HandChange {
  /** What kind of change, for the count. */
  readonly kind: string;
  readonly about: string;
  readonly make: (hand: Hand) => Promise<unknown>;
  /** What brings it back: these words, in any order, or words that all speak of the thing. */
  readonly back: readonly string[] | { readonly first: string; readonly all: RegExp };
  /** Quay may not do it, for reasons that the document does not show. */
  readonly mayBeRefused?: true;
  /** Something is left behind that nobody states. */
  readonly leaves?: true;
}

export type Spec = QuayOrganizationSpec;
export type { Repository };

export const here = `/organization/${organization}`;
export const there = (repository: string): string => `/repository/${organization}/${repository}`;
export const path = encodeURIComponent;
export const full = (robot: string): string => (robot.includes('+') ? robot : `${organization}+${robot}`);

/** Words that are all about one thing: its name stands alone in them. */
export const allAbout = (name: string): RegExp => {
  const plain = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[\\s+(])${plain}($|[\\s,:)])`);
};

/** The other members of a small set. */
export const others = <T>(all: readonly T[], one: T): T[] => all.filter((other) => other !== one);

/** The one element of a list in Quay's answer. */
export async function findIn<T>(hand: Hand, listPath: string, key: string, is: (entry: T) => boolean): Promise<T> {
  const answer = (await hand.ask('GET', listPath)) as Record<string, T[]>;
  const found = answer[key]?.find(is);
  if (found === undefined) throw new Error(`${listPath} does not list it`);
  return found;
}
