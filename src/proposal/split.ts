import { shortHash } from './digest.js';

/** A file that a change writes: what is there now, undefined for a new one, and what is wanted, undefined for one that goes. */
export interface FileChange {
  readonly path: string;
  readonly there: string | undefined;
  readonly wanted: string | undefined;
}

/** A change of a file in two parts. */
export interface SplitFile {
  readonly path: string;
  /** The content with what only grows: undefined when nothing does. */
  readonly grown?: string;
  /** What is wanted beyond that, undefined for a file that goes; and what is lost by it, as a key that does not depend on the rest. */
  readonly rest?: { readonly wanted: string | undefined; readonly loss: string };
}

/** Two versions of a file → the first with what only grows, and what the second does beyond that, one a line. */
export type Grow = (
  there: string,
  wanted: string,
  path: string,
) => { readonly grown: string; readonly losses: readonly string[] };

/** Which part of a change may go to the branch at once, and which has to be looked at. */
export function splitChange(files: readonly FileChange[], grow: Grow): readonly SplitFile[] {
  return files.flatMap(({ path, there, wanted }): SplitFile[] => {
    if (wanted === there) return [];
    if (there === undefined) return wanted === undefined ? [] : [{ path, grown: wanted }];
    if (wanted === undefined) return [{ path, rest: { wanted, loss: lossOf(path, ['gone']) } }];
    const { grown, losses } = grow(there, wanted, path);
    if (losses.length === 0) return [{ path, grown: wanted }];
    const part = grown === there ? {} : { grown };
    return [{ path, ...part, rest: { wanted, loss: lossOf(path, losses) } }];
  });
}

function lossOf(path: string, losses: readonly string[]): string {
  return shortHash(`${path}\0${losses.toSorted().join('\n')}`);
}

/** Files to write, and those to delete. */
export interface FileWrites {
  readonly writes: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
}

/** What goes to the branch at once under `review: Destructive`. */
export function growingPart(files: readonly SplitFile[]): FileWrites {
  const writes = files.flatMap(({ path, grown }): [string, string][] => (grown === undefined ? [] : [[path, grown]]));
  return { writes: new Map(writes), deletes: [] };
}

/** All of a change but what people have refused; and the paths of which something stays out. */
export function withoutRefused(
  files: readonly SplitFile[],
  isRefused: (loss: string) => boolean,
): FileWrites & { readonly withheld: readonly string[] } {
  const writes = new Map<string, string>();
  const deletes: string[] = [];
  const withheld: string[] = [];
  for (const { path, grown, rest } of files) {
    const out = rest !== undefined && isRefused(rest.loss);
    if (out) withheld.push(path);
    if (out || rest === undefined) {
      if (grown !== undefined) writes.set(path, grown);
    } else if (rest.wanted === undefined) deletes.push(path);
    else writes.set(path, rest.wanted);
  }
  return { writes, deletes, withheld };
}
