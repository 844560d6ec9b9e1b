import { TerminalError } from '../../errors/index.js';
import { isBranchName } from '../ref-name.js';

/** What to ask `git ls-remote` for. */
export const askForBranches = ['HEAD', 'refs/heads/*'];

interface Branches {
  readonly names: readonly string[];
  /** The one that HEAD names. */
  readonly main?: string;
}

const listed = 5;

/**
 * Whether a branch that was not there may be started. Beside others its history would have nothing to do with theirs: throws
 * `GitBranchMissing`. No, when somebody else has started it meanwhile. `answer` is what `git ls-remote --symref` says.
 */
export function mayStart(branch: string, answer: string, description: string): boolean {
  const { names, main } = readBranches(answer);
  const [first] = names;
  if (first === undefined) return true;
  if (names.includes(branch)) return false;
  const more = names.length > listed ? ` and ${names.length - listed} more` : '';
  const others =
    main === undefined
      ? `its branches are ${names.slice(0, listed).join(', ')}${more}`
      : `its default branch is ${main}`;
  throw new TerminalError('GitBranchMissing', `${description} has no branch ${branch}; ${others}`, {
    hint:
      `Set spec.git.branch to the branch that holds the state. ` +
      `If it is to be a new one, create it there: git push origin origin/${main ?? first}:refs/heads/${branch}`,
  });
}

/** A name that no branch can have is not repeated to people. */
function readBranches(answer: string): Branches {
  const lines = answer.split('\n');
  const names = lines.flatMap((line) => named(/^[0-9a-f]{40,64}\trefs\/heads\/(.+)$/.exec(line)));
  const [main] = lines.flatMap((line) => named(/^ref: refs\/heads\/(.+)\tHEAD$/.exec(line)));
  return { names, ...(main !== undefined && names.includes(main) && { main }) };
}

function named(match: RegExpExecArray | null): readonly string[] {
  const name = match?.[1] ?? '';
  return name.length <= 250 && isBranchName(name) ? [name] : [];
}
