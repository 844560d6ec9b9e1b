import { RetryableError } from '../errors/index.js';
import { readRefusals, type Refusal, refusalsText, splitChange } from '../proposal/index.js';
import { entriesBetween, treeOf } from './head-state.js';
import type { Proposer } from './review.js';

const file = 'refusals';

/** Where people's refusals are kept: beside the branches, so that neither a merge nor a deletion loses them. */
export function refusalsRef(cluster: string, integration: string): string {
  // Git takes neither `..` nor `.lock` at the end, which the names may have.
  return ['refs/quayside/refused', ...[cluster, integration].map((name) => name.replaceAll('.', '%2e'))].join('/');
}

/** What was refused, and the commit that says it. */
export interface Memory {
  readonly refusals: readonly Refusal[];
  readonly commit: string | undefined;
}

export async function readMemory({ repository, cluster, integration }: Proposer): Promise<Memory> {
  const commit = await repository.readRef(refusalsRef(cluster, integration));
  if (commit === undefined) return { refusals: [], commit };
  const text = (await (await repository.at(commit))?.read([file]))?.get(file) ?? '';
  return { refusals: readRefusals(text), commit };
}

/** Writes the refusals in place of those that were read. */
export async function writeMemory(
  { repository, cluster, integration, author }: Proposer,
  before: Memory,
  refusals: readonly Refusal[],
): Promise<Memory> {
  const change = { writes: new Map([[file, refusalsText(refusals)]]), deletes: [] };
  const commit = await repository.commit(undefined, change, { subject: 'Remember what people refused' }, author);
  const outcome = await repository.writeRef(refusalsRef(cluster, integration), commit, before.commit);
  if (outcome === 'pushed') return { refusals, commit };
  throw new RetryableError('PushContended', `another process writes what people refused in ${repository.description}`);
}

/** What would have been lost by a commit that people refused; nothing of one that is gone. */
export async function lossesOf({ repository, grow }: Proposer, commit: string | undefined): Promise<readonly string[]> {
  if (commit === undefined) return [];
  const [parent] = await repository.parents(commit);
  const [before, after] = [parent === undefined ? undefined : await repository.at(parent), await repository.at(commit)];
  if (before === undefined || after === undefined) return [];
  const paths = [...entriesBetween(await treeOf(before), await treeOf(after)).keys()];
  const [there, wanted] = [await before.read(paths), await after.read(paths)];
  const files = paths.map((path) => ({ path, there: there.get(path), wanted: wanted.get(path) }));
  return splitChange(files, grow).flatMap(({ rest }) => (rest === undefined ? [] : [rest.loss]));
}
