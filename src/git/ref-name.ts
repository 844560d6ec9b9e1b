import { TerminalError } from '../errors/index.js';

const hint = 'Choose another name for the branch (spec.git.branch), such as main.';
const heads = 'refs/heads/';

/** The short name of a branch, of which a person may have written the full one; throws where it names something else. */
export function branchName(written: string): string {
  const name = written.startsWith(heads) ? written.slice(heads.length) : written;
  const message = `${JSON.stringify(written)} is not the name of a branch`;
  if (/^(?:[A-Z]+_)?HEAD$/.test(name)) {
    const why = 'it stands for another one, which can change';
    throw new TerminalError('InvalidInput', `${message}: ${why}`, { hint });
  }
  if (name.startsWith('refs/')) throw new TerminalError('InvalidInput', message, { hint });
  branchRef(name);
  return name;
}

/** The ref of a branch; throws when git would not take the name. */
export function branchRef(branch: string): string {
  return checkedRef(`${heads}${branch}`);
}

/** Whether git would take the name for a branch. */
export function isBranchName(name: string): boolean {
  return isRefName(`${heads}${name}`);
}

/** A full ref name as it was given; throws when git would not take it. */
export function checkedRef(name: string): string {
  if (isRefName(name)) return name;
  throw new TerminalError('InvalidInput', `${JSON.stringify(name)} is not a name for a branch or ref`, { hint });
}

function isRefName(name: string): boolean {
  const parts = name.split('/');
  return (
    parts.length >= 3 &&
    parts[0] === 'refs' &&
    !/[\p{Cc}\s~^:?*[\\]|\.\.|@\{/u.test(name) &&
    !parts.some((part) => part === '' || part === '@' || /^[.-]|\.$|\.lock$/.test(part))
  );
}
