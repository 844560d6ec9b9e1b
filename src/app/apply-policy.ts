import { type QuayOrganization } from '../api/index.js';
import { type TerminalError } from '../errors/index.js';
import { type Declared } from '../pipeline/organization-pass.js';
import { isIgnored } from '../pipeline/read-state-files.js';
import { everythingAllowed, onlyGrow, type Policy } from '../policy/index.js';

/** While the history is not what it was, or not all that is declared could be read, nothing goes. */
export function policyOfApply({ onlyGrow: isUnknown }: Declared, diverged: TerminalError | undefined): Policy {
  if (diverged !== undefined) return onlyGrow({ reason: diverged.code, message: diverged.message });
  if (!isUnknown) return everythingAllowed;
  return onlyGrow({ reason: 'InputUnknown', message: 'not all that is declared could be read' });
}

/** Whether ignore.yaml lists a document. */
export function ignoredBy({ pass }: Declared): (document: QuayOrganization) => boolean {
  const files = pass?.rendered.organizations.files ?? { ignore: undefined };
  return (document) => isIgnored(files, document);
}
