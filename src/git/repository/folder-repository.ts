import { TerminalError } from '../../errors/index.js';
import { folderHead } from './folder-head.js';
import type { Head, StateReader, StateWriter } from './repository.js';
import { textDiff } from './text-diff.js';

/**
 * The files of a folder as a state repository without a history: what a person or a CI has checked out. It is only read, and no
 * program runs for it.
 */
export async function folderRepository(folder: string): Promise<StateReader & StateWriter> {
  const head = await folderHead(folder);
  const none = (): Promise<readonly never[]> => Promise.resolve([]);
  return {
    description: `the files in ${folder}`,
    branch: '',
    head: () => Promise.resolve(head),
    at: (commit) => Promise.resolve<Head | undefined>(commit === head.commit ? head : undefined),
    isAncestor: (ancestor, commit) => Promise.resolve(ancestor === commit),
    log: none,
    touches: none,
    between: none,
    checkSignature: () => Promise.resolve({ fault: 'is no commit' }),
    diff: textDiff,
    commit: () => Promise.reject(readOnly(folder)),
    push: () => Promise.reject(readOnly(folder)),
    canPush: () => Promise.resolve(readOnly(folder)),
  };
}

function readOnly(folder: string): TerminalError {
  const message = `${folder} holds files, and the state is written to a bare repository`;
  return new TerminalError('NoStateRepository', message, { hint: 'Name the repository that it was cloned from.' });
}
