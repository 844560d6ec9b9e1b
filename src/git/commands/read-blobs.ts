import { type Git } from '../run/run-git.js';

/** Fetches files that are not here. */
export type Bring = (ids: readonly string[]) => Promise<unknown>;

/** The sizes of files in bytes, by their ids; what is missing is brought first. */
export async function readSizes(git: Git, ids: readonly string[], bring?: Bring): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const missing: string[] = [];
  if (ids.length === 0) return sizes;
  const answer = await git.text(['cat-file', '--batch-check'], { input: ids.join('\n') + '\n' });
  for (const line of answer.trimEnd().split('\n')) {
    const [id = '', kind, size] = line.split(' ');
    if (kind === 'missing') missing.push(id);
    else sizes.set(id, Number(size));
  }
  if (missing.length === 0) return sizes;
  if (bring === undefined) throw new Error(`missing blob ${missing[0]}`);
  await bring(missing);
  return new Map([...sizes, ...(await readSizes(git, missing))]);
}

/** The content of files, by their ids. */
export async function readBlobs(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  if (ids.length === 0) return blobs;
  const answer = await git.catFile(['--batch'], { input: ids.join('\n') + '\n' });
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0x0a, at);
    const [id = '', kind, size] = answer.toString('latin1', at, end).split(' ');
    if (kind === 'missing') throw new Error(`missing blob ${id}`);
    const start = end + 1;
    const stop = start + Number(size);
    blobs.set(id, answer.subarray(start, stop));
    at = stop + 1;
  }
  return blobs;
}
