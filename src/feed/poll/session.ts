import { type AuditLog } from '../../quay/index.js';
import { dayOf, type Entry, type FeedState, seenOwn } from '../index.js';
import { askBeginning, askProof } from './ask-log.js';
import { type Changes, type Standing, type Why } from './standing.js';

/** Who asks, and with what. */
export interface Asking {
  /** One of those who share the feed. */
  readonly reader: string;
  readonly log: AuditLog;
  /** The owner of the token. */
  readonly username: string;
}

export interface FeedOptions {
  /** More pages than these are not listed at once. Default 50. */
  readonly mostPages?: number;
  /** Seconds since 1970, until the server has shown its clock. */
  readonly wallClock: () => number;
  /** Seconds of a clock that never goes back. */
  readonly clock: () => number;
}

/** What is kept from one question to the next; nothing of it is on a disk. */
export interface Session extends Required<FeedOptions> {
  state: FeedState | undefined;
  standing: Standing;
  /** Something has shown the log to be whole, and nothing the contrary since. */
  proven: boolean;
  /** Seconds that the server's clock is ahead of `clock`. */
  offset: number | undefined;
  /** The day on which a proof was looked for last. */
  provenOn: number | undefined;
  /** Written to since the last question. */
  written: ReadonlySet<string>;
  /** Where own rows were seen at the last question. */
  seen: ReadonlySet<string>;
  /** Where own rows should have been, and were not: what is done there is not listed. */
  silent: ReadonlySet<string>;
}

/** A session that knows nothing. */
export function openSession({ mostPages = 50, wallClock, clock }: FeedOptions): Session {
  const nothing = { state: undefined, offset: undefined, provenOn: undefined };
  const nowhere = { written: new Set<string>(), seen: new Set<string>(), silent: new Set<string>() };
  return { mostPages, wallClock, clock, standing: { trust: 'Unproven' }, proven: false, ...nothing, ...nowhere };
}

/** What the server's clock shows, as far as anybody knows. */
export function serverTime({ offset, wallClock, clock }: Session): number {
  return offset === undefined ? wallClock() : offset + clock();
}

/** Starts from here: before everything is read, so that what is written meanwhile is noticed. */
export async function start(session: Session, { log }: Asking): Promise<void> {
  session.written = new Set();
  const { counted, state } = await askBeginning(log, serverTime(session), session.mostPages);
  session.offset = counted.asOf - session.clock();
  session.state = state;
}

/** Starts again, since everything has to be read. */
export async function startAgain(session: Session, asking: Asking, why: Why): Promise<Changes> {
  await start(session, asking);
  return { type: 'Everything', why, spread: true };
}

/** Starts again, and trusts the log no longer. */
export function doubt(session: Session, asking: Asking, why: Why): Promise<Changes> {
  session.standing = { trust: 'Doubted', why };
  session.proven = false;
  session.provenOn = undefined;
  return startAgain(session, asking, why);
}

/** Looks once a day whether the log shows itself to be whole, while nothing else has shown it. */
export async function prove(session: Session, { log }: Asking): Promise<void> {
  const { state, standing, provenOn } = session;
  if (standing.trust === 'Trusted' || state === undefined || provenOn === dayOf(state.asOf)) return;
  session.provenOn = dayOf(state.asOf);
  if (await askProof(log, state.asOf)) relyOn(session);
}

/** Looks for the rows of what was written (`due`): where there is one the log is whole, where there is none it is silent. */
export function noteOwn(session: Session, username: string, due: ReadonlySet<string>, fresh: readonly Entry[]): void {
  const named = new Set(fresh.flatMap(({ namespaces }) => namespaces));
  const seen = seenOwn(named, username, fresh);
  const missing = [...due].filter((name) => !seen.has(name) && !session.seen.has(name));
  session.silent = new Set([...session.silent, ...missing].filter((name) => !seen.has(name)));
  // What is written while the log is read may be listed before the call has come back.
  session.seen = seen;
  if ([...due].some((name) => seen.has(name))) relyOn(session);
}

function relyOn(session: Session): void {
  session.standing = { trust: 'Trusted' };
  session.proven = true;
}
