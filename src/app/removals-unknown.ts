import { several } from '../plan/index.js';
import { type OperatorInventory } from './operator-inventory.js';

/** Organizations of which nothing says what was made in them: a plan cannot know what it would remove there. */
export interface RemovalsUnknown {
  readonly organizations: readonly string[];
  /** Why nothing says it. */
  readonly message: string;
}

const named = 5;

/** The organizations without an inventory; nothing where there are none. */
export function removalsUnknown(
  organizations: readonly string[],
  { unreadable }: Pick<OperatorInventory, 'unreadable'>,
): { readonly removalsUnknown?: RemovalsUnknown } {
  if (organizations.length === 0) return {};
  const nothing = 'neither an earlier apply nor the status of a QuayOrganization says what was made there';
  return { removalsUnknown: { organizations, message: unreadable ?? nothing } };
}

/** Which organizations that is about, for a person. */
export function describeRemovals({ organizations }: RemovalsUnknown): string {
  const more = organizations.length > named ? ` and ${organizations.length - named} more` : '';
  const names = `${organizations.slice(0, named).join(', ')}${more}`;
  return `Removals are not known for ${several(organizations.length, 'organization')} (${names}), nor whether secrets have changed.`;
}

/** How they become known. */
export const knownFrom =
  'They are known from a live cluster, or a dump, that has the QuayOrganization objects (oc get quayorganizations -o yaml).';
