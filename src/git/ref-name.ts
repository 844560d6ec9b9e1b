import { TerminalError } from '../errors/index.js';

/** The ref of a branch; throws when git would not take the name. */
export function branchRef(branch: string): string {
  return checkedRef(`refs/heads/${branch}`);
}

/** A full ref name as it was given; throws when git would not take it. */
export function checkedRef(name: string): string {
  const parts = name.split('/');
  const bad =
    parts.length < 3 ||
    parts[0] !== 'refs' ||
    /[\p{Cc}\s~^:?*[\\]|\.\.|@\{/u.test(name) ||
    parts.some((part) => part === '' || part === '@' || /^[.-]|\.$|\.lock$/.test(part));
  if (!bad) return name;
  throw new TerminalError('InvalidInput', `${JSON.stringify(name)} is not a name for a branch or ref`, {
    hint: 'Choose another name for the branch (spec.git.branch), such as main.',
  });
}
