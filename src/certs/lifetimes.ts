const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long what we make is good for, in milliseconds. */
export const lifetimes = { caPair: 5 * 365 * day, leaf: 90 * day } as const;

/** A clock that is further off than this made something that cannot be used. */
export const clockSkew = hour;

/** What we make is good from that long before now: the clock of who checks it may be as far behind. */
export const backdated = clockSkew;

/** A CA this young signs nothing that could wait: every API server has to have heard of it first. */
export const settling = hour;

/** After a leaf was replaced, who signed the one before stays trusted for this long: a server may still be showing it. */
export const lateServers = day;

/** A span of time, in milliseconds since 1970. */
export interface Life {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** When this share of a lifetime has passed. */
export function partOf({ notBefore, notAfter }: Life, part: number): number {
  return notBefore + (notAfter - notBefore) * part;
}

/** Whether it is time for a new one: two thirds of its life are over. */
export function isDue(life: Life, now: number): boolean {
  return now >= partOf(life, 2 / 3);
}

/** Why something cannot be used at this moment; undefined when it can. */
export function outOfTime({ notBefore, notAfter }: Life, now: number): string | undefined {
  if (now >= notAfter) return `it expired on ${new Date(notAfter).toISOString()}`;
  if (notBefore > now + clockSkew) return `it is only valid from ${new Date(notBefore).toISOString()} on`;
  return undefined;
}
