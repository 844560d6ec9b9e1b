import { changeFaults, isFile, type Change, type Head, type TreeEntry } from '../git/index.js';
import { limits } from '../limits/index.js';
import { blobId, diffTrees, planId, type Tree } from '../state/index.js';
import type { Difference, Kept, Rendered } from './rendered.js';

interface Decided {
  readonly change: Change;
  readonly kept: readonly Kept[];
}

/** Compares what is rendered with a head, by ids; reads only files that would be changed or deleted. */
export async function compare(head: Head | undefined, rendered: Rendered): Promise<Difference> {
  const inside = (await head?.list(rendered.folder)) ?? [];
  // Where a folder should be, there may be a file or a link.
  const entries = [...((await head?.above(rendered.folder)) ?? []), ...inside];
  const wanted = filesOf(rendered);
  const ids = new Map([...wanted].map(([path, content]) => [path, blobId(content)]));
  const touched = inside.filter(({ path, id }) => {
    const rendering = ids.get(path);
    return rendering === undefined ? (rendered.isOurs?.(path) ?? true) : rendering !== id;
  });
  const sized = (await head?.sized(touched.filter(isFile))) ?? [];
  const readable = sized.filter(({ size }) => size <= limits.documentBytes);
  const contents = (await head?.read(readable.map(({ path }) => path))) ?? new Map<string, string>();
  const decided = decideChange(rendered, touched, contents, withoutUnchanged(wanted, ids, inside));
  const safe = withoutFaults(entries, await withBeside(head, rendered, { decided, inside }));
  return { ...safe, ...differenceOf(inside, safe.change) };
}

/** A change takes the files along that people have beside it; they alone are no reason for a commit. */
async function withBeside(
  head: Head | undefined,
  { beside }: Rendered,
  { decided, inside }: { readonly decided: Decided; readonly inside: readonly TreeEntry[] },
): Promise<Decided> {
  const { writes, deletes } = decided.change;
  if (beside === undefined || writes.size + deletes.length === 0) return decided;
  const paths = [...beside.files.keys()];
  const there = (await head?.read(paths)) ?? new Map<string, string>();
  const taken = new Set(inside.map(({ path }) => path));
  const ours = [...beside.files].filter(([path, content]) => {
    const before = there.get(path);
    return before === undefined ? !taken.has(path) : before !== content && beside.mayRewrite(before);
  });
  return { ...decided, change: { writes: new Map([...writes, ...ours]), deletes } };
}

/** The same difference without some paths, and why. */
export function withhold(difference: Difference, entries: readonly TreeEntry[], kept: readonly Kept[]): Difference {
  const held = new Set(kept.map(({ path }) => path));
  const change = {
    writes: new Map([...difference.change.writes].filter(([path]) => !held.has(path))),
    deletes: difference.change.deletes.filter((path) => !held.has(path)),
  };
  return { change, kept: [...difference.kept, ...kept], ...differenceOf(entries, change) };
}

function filesOf({ files, identity }: Rendered): ReadonlyMap<string, string> {
  return identity === undefined ? files : new Map([...files, [identity.path, identity.content]]);
}

function withoutUnchanged(
  wanted: ReadonlyMap<string, string>,
  ids: Tree,
  entries: readonly TreeEntry[],
): ReadonlyMap<string, string> {
  const there = new Map(entries.filter(isFile).map(({ path, id }) => [path, id]));
  return new Map([...wanted].filter(([path]) => there.get(path) !== ids.get(path)));
}

function decideChange(
  rendered: Rendered,
  touched: readonly TreeEntry[],
  contents: ReadonlyMap<string, string>,
  differing: ReadonlyMap<string, string>,
): Decided {
  const writes = new Map(differing);
  const deletes: string[] = [];
  const kept: Kept[] = [];
  for (const { path } of touched.filter(isFile)) {
    const content = contents.get(path);
    if (!writes.has(path)) {
      if (content !== undefined && rendered.mayDelete(path, content)) deletes.push(path);
    } else if (path !== rendered.identity?.path && (content === undefined || !rendered.mayRewrite(path, content))) {
      writes.delete(path);
      kept.push({ path, reason: 'NotOurs', message: 'has no label of Quayside: files of people are not rewritten' });
    }
  }
  for (const path of writes.keys()) {
    if (path.startsWith(rendered.folder)) continue;
    writes.delete(path);
    kept.push({ path, reason: 'Unsafe', message: `is outside ${rendered.folder}` });
  }
  return { change: { writes, deletes: deletes.sort() }, kept };
}

function withoutFaults(entries: readonly TreeEntry[], { change, kept }: Decided): Decided {
  const faults = changeFaults(entries, change);
  return {
    change: {
      writes: new Map([...change.writes].filter(([path]) => !faults.has(path))),
      deletes: change.deletes.filter((path) => !faults.has(path)),
    },
    kept: [...kept, ...[...faults].map(([path, message]): Kept => ({ path, reason: 'Unsafe', message }))],
  };
}

function differenceOf(entries: readonly TreeEntry[], change: Change) {
  const base = new Map(entries.map(({ path, id }) => [path, id]));
  const after = new Map(base);
  for (const path of change.deletes) after.delete(path);
  for (const [path, content] of change.writes) after.set(path, blobId(content));
  return { ...diffTrees(base, after), planId: planId(base, after) };
}
