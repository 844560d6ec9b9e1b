/** Who may decide in an organization of Quay, and what else lets somebody in. */
export interface OwnersEvidence {
  /** Whose token is used. */
  readonly tokenUser: string;
  /** Direct members of the team `owners` and of every other team with the role of an administrator; robots as `+short`. */
  readonly direct: readonly string[];
  /** Invited into one of them, by name or address. */
  readonly invited: readonly string[];
  /** Whether one of them follows a group. */
  readonly synced: boolean;
  /** OAuth applications: their tokens act for people. */
  readonly applications: number;
}

/** Who beside the user of the token could have a hand in it, in words; undefined where it is his alone. */
export function strangersAmong({
  tokenUser,
  direct,
  invited,
  synced,
  applications,
}: OwnersEvidence): string | undefined {
  const others = direct.filter((owner) => owner !== tokenUser);
  const isOwner = direct.includes(tokenUser);
  if (others.length > 0)
    return `${some(others)} own${others.length === 1 ? 's' : ''} it${isOwner ? ` beside ${tokenUser}` : ''}`;
  if (!isOwner) return `${tokenUser}, the user of the token, is not one of its owners`;
  if (invited.length > 0) return `${some(invited)} ${invited.length === 1 ? 'is' : 'are'} invited to own it`;
  if (synced) return 'its owners follow a group';
  return applications > 0 ? 'there are OAuth applications in it' : undefined;
}

function some(names: readonly string[]): string {
  const first = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${first} and ${names.length - 3} more` : first;
}
