/** Time that only goes forward, and actions at a later time; handed in, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since some moment; monotonic. */
  readonly now: () => number;
  /** Does something later; gives what calls it off. */
  readonly after: (milliseconds: number, action: () => void) => () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
