import { nextSlice, sliceSize } from '../../feed/index.js';
import { type Changes } from '../../feed/poll/index.js';
import { type Remembered } from '../../converge/cache/observation-cache.js';

/** An organization that could be read, and what is known of it. */
export interface Readable {
  /** Its name in Quay. */
  readonly organization: string;
  readonly remembered: Pick<Remembered, 'resyncDue' | 'readAt' | 'rolesReadAt'>;
  /** All that is declared was there when it was read last. */
  readonly synced: boolean;
}

/** One that is to be read, with the roles on its repositories or without. */
export interface Due<T extends Readable> {
  readonly one: T;
  readonly roles: boolean;
}

/** Milliseconds. */
interface Rhythm {
  readonly interval: number;
  readonly fullInterval: number;
  /** What was read before this moment may be different by now. */
  readonly everythingSince: number;
}

/**
 * Which organizations are read in an interval, where the audit log says what has changed: those, a slice of all since the log
 * does not show everything, and what was not in order when it was read last, for which nothing has to change in Quay.
 */
export function dueOrganizations<T extends Readable>(
  all: readonly T[],
  changes: Changes,
  { interval, fullInterval, everythingSince }: Rhythm,
): readonly Due<T>[] {
  const rotation = all.map((one) => ({ one, name: one.organization, readAt: one.remembered.rolesReadAt }));
  const slice = new Set(nextSlice(rotation, sliceSize(all.length, interval, fullInterval)).map(({ one }) => one));
  return all.flatMap((one) => {
    const { organization, synced, remembered } = one;
    const isChanged = changes.type === 'Everything' || changes.organizations.has(organization);
    const isOld = remembered.resyncDue || (remembered.readAt ?? Number.NEGATIVE_INFINITY) < everythingSince;
    if (!isChanged && !isOld && synced && !slice.has(one)) return [];
    return [{ one, roles: slice.has(one) || (changes.type === 'Some' && changes.roles.has(organization)) }];
  });
}
