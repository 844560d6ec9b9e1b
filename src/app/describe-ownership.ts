import { type ChangeSet } from '../converge/index.js';
import { type AgreementList } from '../ownership/index.js';
import { type Section, several } from '../plan/index.js';
import { shorten } from './shorten.js';

/** Organizations that wait for somebody to agree that they are ours. */
export function describeUncertain(changeSet: ChangeSet): readonly string[] {
  const lists = listsOf(changeSet).flatMap(({ title, organizations }) => [
    title,
    ...shorten(organizations.map((one) => `  ? ${one.organization} (${labelOf(one)}): ${one.why}`)),
  ]);
  return [...lists, ...(changeSet.ownershipNotVerified === true ? [notVerified] : [])];
}

/** The same for Markdown. */
export function ownershipSections(changeSet: ChangeSet): readonly Section[] {
  const lists = listsOf(changeSet).map(({ title, organizations }) => ({
    heading: title,
    lines: organizations.map((one) => [one.organization, `${labelOf(one)}: ${one.why}`] as const),
  }));
  if (changeSet.ownershipNotVerified !== true) return lists;
  return [...lists, { heading: 'Ownership', lines: [[notVerified]] }];
}

const notVerified = 'Ownership not verified: no public key was given (--ownership-keys; see quayside ownership export)';

function listsOf({ uncertain, adoptable }: ChangeSet) {
  return [
    ...titled(uncertain, 'Uncertain', 'agree that exactly these are ours'),
    ...titled(adoptable, 'Adopted and never deleted', 'have exactly these go with their namespaces'),
  ];
}

function titled(list: AgreementList | undefined, title: string, effect: string) {
  if (list === undefined) return [];
  const { organizations, hash } = list;
  const count = several(organizations.length, 'organization');
  return [{ title: `${title}: ${count}; to ${effect}, give --accept-ownership ${hash}`, organizations }];
}

function labelOf({ reason, origin }: AgreementList['organizations'][number]): string {
  return `${reason}, as ${origin}`;
}
