import type { ForgeKind } from './forge.js';
import { placeOf } from './kind/place.js';

interface Compared {
  readonly kind: ForgeKind;
  /** The address of the repository for Git. */
  readonly gitUrl: string;
  readonly base: string;
  readonly head: string;
}

/** The page on which a forge shows all that a branch changes; undefined for a folder. */
export function comparisonPage({ kind, gitUrl, base, head }: Compared): string | undefined {
  const place = placeOf(gitUrl);
  if (place === undefined) return undefined;
  const written = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
  const under = kind === 'GitLab' ? '/-/compare' : '/compare';
  return `${place.origin}/${written(place.path)}${under}/${written(base)}...${written(head)}`;
}
