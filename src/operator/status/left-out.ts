import { type OrganizationResult } from '../../converge/index.js';
import { type Inventory, isAsFound, isLacking, itemParts, itemWords, type Skipped } from '../../plan/index.js';

/** What is declared and left out, as somebody is to read it. */
type LeftOut = Pick<Skipped, 'what' | 'message'>;

/** What is declared and will never be in Quay before somebody has changed the document or Quay. */
export function lackingIn({ plan }: OrganizationResult): readonly Skipped[] {
  const lacking = (plan?.skipped ?? []).filter(isLacking);
  // One reason stands for all of them: what somebody may have tried on purpose comes first.
  return [...lacking.filter(isRefusedSecret), ...lacking.filter((one) => !isRefusedSecret(one))];
}

/** What names a Secret that does not allow it. */
export const isRefusedSecret = ({ reason }: Skipped): boolean => reason === 'SecretNotAllowed';

/**
 * What stays as it is although something else is declared. What was found when the organization was taken over stands in the
 * inventory: a look that reads no roles says the same as one that does.
 */
export function exceptionsIn({ plan, inventory }: OrganizationResult): readonly LeftOut[] {
  const unchangeable = (plan?.skipped ?? []).filter(({ reason }) => reason === 'ImmutableField');
  return [...unchangeable, ...foundWithMore(inventory)];
}

function foundWithMore(inventory: Inventory | undefined): readonly LeftOut[] {
  const found = (inventory?.managedItems ?? []).filter(isAsFound);
  return found.map((entry) => ({
    what: itemWords(itemParts(entry)[1] ?? entry),
    message: 'it allowed more than declared when it was adopted',
  }));
}

const listed = 5;

/** The first few of them in a line. */
export function inWords(leftOut: readonly LeftOut[]): string {
  const words = leftOut.slice(0, listed).map(({ what, message }) => `${what} (${message})`);
  const more = leftOut.length - words.length;
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
