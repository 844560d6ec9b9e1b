import { randomUUID } from 'node:crypto';
import { type Author, type StateReader, type StateRefs, type StateWriter } from '../../git/index.js';
import { type ClusterId } from '../../names/index.js';

/** What the terms of an integration take from its state repository. */
export type TermRepository = Pick<StateReader, 'log' | 'description'> & Pick<StateWriter, 'commit'> & StateRefs;

const contested = 'Contest the term';

/** The ref in which the installations of one identity meet. */
export function termRef(id: ClusterId, integration: string): string {
  // Git takes neither `..` nor `.lock` at the end, which the names may have.
  return ['refs/quayside/term', ...[id, integration].map((name) => name.replaceAll('.', '%2e'))].join('/');
}

/** Makes a commit that is like no other; the ref does not name it yet. */
export function newTerm(repository: TermRepository, author: Author, subject = 'Begin a term'): Promise<string> {
  const change = { writes: new Map([['term', `${randomUUID()}\n`]]), deletes: [] };
  return repository.commit(undefined, change, { subject }, author);
}

/** Replaces a term of another installation, so that it notices as well; one that is contested already stays. */
export async function contest(
  repository: TermRepository,
  ref: string,
  { found, author }: { readonly found: string; readonly author: Author },
): Promise<string> {
  const [last] = await repository.log(1, { from: found });
  if (last?.subject === contested) return found;
  const commit = await newTerm(repository, author, contested);
  // Where somebody was faster, his term is judged at the next look.
  return (await repository.writeRef(ref, commit, found)) === 'pushed' ? commit : found;
}
