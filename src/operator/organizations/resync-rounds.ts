/** An integration whose organizations are looked at again and again. */
export interface Rhythm {
  readonly name: string;
  /** Milliseconds from the beginning of one round to that of the next. */
  readonly interval: number;
}

/** When the last round of each integration began: another interval counts from then on at once. */
export type Rounds = Map<string, number>;

/** The integrations whose next round is due. The first look at everything is an event of its own, and no round. */
export function dueRounds(rounds: Rounds, integrations: readonly Rhythm[], now: number): readonly string[] {
  return integrations.flatMap(({ name, interval }) => {
    const at = rounds.get(name);
    if (at === undefined) rounds.set(name, now);
    return at !== undefined && at + interval <= now ? [name] : [];
  });
}
