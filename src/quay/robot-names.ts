/** How robots are called inside one organization and outside. */
export interface RobotNames {
  /** `organization+short`. */
  readonly full: (short: string) => string;
  /** The short name of a robot of this organization; undefined for any other name. */
  readonly short: (full: string) => string | undefined;
  /** `+short` for a robot of this organization, every other name as it is. */
  readonly member: (full: string) => string;
  /** The opposite of `member`. */
  readonly fromMember: (member: string) => string;
}

/** The robots of this organization. Quay's lists may show others: `_` in the name takes any character there. */
export function robotNames(organization: string): RobotNames {
  const prefix = `${organization}+`;
  const short = (full: string): string | undefined => (full.startsWith(prefix) ? full.slice(prefix.length) : undefined);
  return {
    full: (name) => prefix + name,
    short,
    member: (full) => {
      const own = short(full);
      return own === undefined ? full : `+${own}`;
    },
    fromMember: (member) => (member.startsWith('+') ? organization + member : member),
  };
}
