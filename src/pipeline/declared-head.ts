import { type Head, type StateReader } from '../git/index.js';
import { type PublishedState } from './publish-documents.js';

/** The commit that the documents were read from, or made into; others may have pushed since. */
export async function declaredHead(repository: StateReader, { git }: PublishedState): Promise<Head | undefined> {
  const commit = git.commit ?? git.base;
  return commit === undefined ? undefined : repository.at(commit);
}
