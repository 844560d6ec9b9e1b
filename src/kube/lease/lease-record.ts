import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';

/** What a Lease says. */
export interface LeaseRecord {
  /** Absent when nobody holds it. */
  readonly holder?: string;
  /** Seconds that it holds after each renewal. */
  readonly seconds: number;
  readonly acquired?: string;
  readonly renewed?: string;
  readonly transitions: number;
  /** Of the object: it tells two renewals apart when a clock stands still. */
  readonly version?: string;
}

/** Reads a Lease object. */
export function leaseRecord(lease: Fields): LeaseRecord {
  const spec = objectOrEmpty(lease.spec);
  const holder = textOf(spec.holderIdentity);
  const acquired = textOf(spec.acquireTime);
  const renewed = textOf(spec.renewTime);
  const version = textOf(objectOrEmpty(lease.metadata).resourceVersion);
  return {
    seconds: typeof spec.leaseDurationSeconds === 'number' ? spec.leaseDurationSeconds : 0,
    transitions: typeof spec.leaseTransitions === 'number' ? spec.leaseTransitions : 0,
    ...(holder !== undefined && { holder }),
    ...(acquired !== undefined && { acquired }),
    ...(renewed !== undefined && { renewed }),
    ...(version !== undefined && { version }),
  };
}

/** The `spec` of a Lease that is held. The times in it are for people: nobody decides by another machine's clock. */
export function heldBy(holder: string, seconds: number, at: Date, before?: LeaseRecord): Fields {
  const same = microTime(at);
  // A write that changes nothing is none, and nobody would see it: so it always changes something.
  const now = same === before?.renewed ? same.replace('000Z', '001Z') : same;
  const renewal = before?.holder === holder;
  return {
    holderIdentity: holder,
    leaseDurationSeconds: seconds,
    acquireTime: renewal ? (before.acquired ?? now) : now,
    renewTime: now,
    leaseTransitions: (before?.transitions ?? 0) + (renewal || before === undefined ? 0 : 1),
  };
}

/** The `spec` of a Lease that was released: others need not wait until it runs out. */
export function released(before: LeaseRecord, at: Date): Fields {
  const now = microTime(at);
  return {
    holderIdentity: '',
    leaseDurationSeconds: 1,
    acquireTime: now,
    renewTime: now,
    leaseTransitions: before.transitions,
  };
}

/** As the API writes it, with six digits behind the second. */
function microTime(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}
