/** Two commits of a ref of the state repository say which installation wrote there last. */
export interface TermFacts {
  /** What the ref names now. */
  readonly found: string | undefined;
  /** What this leadership wrote; undefined at its beginning. */
  readonly own: string | undefined;
  /** What the status of the integration notes as this cluster's: a term is noted before it is written. */
  readonly noted: readonly string[];
  /** What a person agreed to, in the annotation. */
  readonly accepted: string | undefined;
}

/**
 * `Take`: the ref is this cluster's to write, and not written yet. `Succeeded`: another process of this cluster leads by now.
 * `Duplicated`: another cluster with the same identity, a restored copy for one, writes to the same state repository.
 */
export type TermVerdict = 'Ours' | 'Take' | 'Succeeded' | 'Duplicated';

/** What a found term means. Pure. */
export function judgeTerm({ found, own, noted, accepted }: TermFacts): TermVerdict {
  if (found === undefined) return 'Take';
  if (found === own) return 'Ours';
  if (isAccepted(found, accepted)) return 'Take';
  // Without a status this installation is new, and notices nobody; whoever wrote the ref notices it.
  if (noted.length === 0) return own === undefined ? 'Take' : 'Duplicated';
  if (!noted.includes(found)) return 'Duplicated';
  return own === undefined ? 'Take' : 'Succeeded';
}

function isAccepted(found: string, accepted = ''): boolean {
  return accepted.length >= 7 && found.startsWith(accepted);
}
