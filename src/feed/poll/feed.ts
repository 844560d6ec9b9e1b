import { QuaysideError, toError } from '../../errors/index.js';
import {
  backTo,
  compare,
  concernsRoles,
  type Entry,
  type FeedState,
  firstDay,
  type Grown,
  type Listed,
  take,
} from '../index.js';
import { askCounts, askRows } from './ask-log.js';
import { createReaders } from './readers.js';
import { type Asking, doubt, type FeedOptions, noteOwn, openSession, prove, serverTime } from './session.js';
import { type Session, start, startAgain } from './session.js';
import { type Changes, nothing, type Standing } from './standing.js';

/** What has changed in a registry, by its audit log: one for each registry and token. */
export interface Feed {
  /** What has changed since this reader asked last. */
  readonly next: (asking: Asking) => Promise<Changes>;
  /** Something that the log always lists was written to an organization. */
  readonly wrote: (organization: string) => void;
  readonly standing: () => Standing;
}

/** Nothing is known, to begin with: the first answer is always that everything may have changed. */
export function createFeed(options: FeedOptions): Feed {
  const session = openSession(options);
  const readers = createReaders();
  let last: Promise<unknown> = Promise.resolve();
  return {
    next: (asking) => {
      const mine = last.then(async () => {
        const changes = readers.take(asking.reader, await next(session, asking));
        return relied(session, changes);
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    wrote: (organization) => void (session.written = new Set([...session.written, organization])),
    standing: () => session.standing,
  };
}

/** Who does not rely on the log goes by it no further than it says that more has to be read. */
function relied({ standing, silent }: Session, changes: Changes): Changes {
  if (changes.type === 'Everything') return changes;
  if (standing.trust !== 'Trusted') return { type: 'Everything', why: 'Unproven', spread: false };
  return { ...changes, organizations: new Set([...changes.organizations, ...silent]) };
}

async function next(session: Session, asking: Asking): Promise<Changes> {
  if (session.standing.trust === 'Denied') return { type: 'Everything', why: 'Denied', spread: false };
  try {
    const changes = await ask(session, asking);
    const isDoubtful = session.standing.trust === 'Doubted' && changes.type === 'Everything';
    if (!isDoubtful) await prove(session, asking);
    return changes;
  } catch (error) {
    session.state = undefined;
    session.provenOn = undefined;
    const isDenied = error instanceof QuaysideError && ['PermissionDenied', 'ScopeMissing'].includes(error.code);
    const { message } = toError(error);
    session.standing = isDenied ? { trust: 'Denied' } : { trust: 'Doubted', why: 'Unreadable', message };
    return { type: 'Everything', why: 'Unreadable', spread: false };
  }
}

async function ask(session: Session, asking: Asking): Promise<Changes> {
  const { state, written: due, mostPages } = session;
  if (state === undefined) return beginning(session, asking);
  session.written = new Set();
  const counted = await askCounts(asking.log, firstDay(state), serverTime(session));
  session.offset = counted.asOf - session.clock();
  const compared = compare(state, counted, mostPages);
  switch (compared.type) {
    case 'Quiet':
      session.state = compared.state;
      noteOwn(session, asking.username, due, []);
      return nothing;
    case 'List':
      return list(session, asking, { state, counted, growth: compared.growth, given: 'Before', due });
    case 'Everything':
      return startAgain(session, asking, compared.why);
    case 'Doubt':
      return doubt(session, asking, compared.why);
  }
}

async function beginning(session: Session, asking: Asking): Promise<Changes> {
  await start(session, asking);
  // That it could not be read for a while says nothing about what it holds.
  if (session.standing.trust === 'Doubted' && session.standing.why === 'Unreadable')
    session.standing = { trust: session.proven ? 'Trusted' : 'Unproven' };
  return { type: 'Everything', why: 'Beginning', spread: false };
}

interface Growth extends Grown {
  readonly state: FeedState;
  /** Where own rows have to be. */
  readonly due: ReadonlySet<string>;
}

async function list(session: Session, asking: Asking, growth: Growth): Promise<Changes> {
  const { state, counted, due } = growth;
  const rows = await askRows(asking.log, counted.asOf, backTo(state.asOf), session.mostPages);
  if (rows === undefined) return startAgain(session, asking, 'TooMany');
  const first = take(state, growth, rows);
  const listed = first.type === 'Unclear' ? await takeAfter(session, asking, state, rows) : first;
  if (listed.type === 'Doubt') return doubt(session, asking, listed.why);
  if (listed.type === 'Unclear') return startAgain(session, asking, 'Unclear');
  session.state = listed.state;
  noteOwn(session, asking.username, due, listed.fresh);
  if (listed.everywhere) return { type: 'Everything', why: 'Everywhere', spread: true };
  const named = (entries: readonly Entry[]): ReadonlySet<string> =>
    new Set(entries.flatMap(({ namespaces }) => namespaces));
  const { fresh } = listed;
  return { type: 'Some', organizations: named(fresh), roles: named(fresh.filter(({ kind }) => concernsRoles(kind))) };
}

/** Holds the rows against counts from after them. */
async function takeAfter(session: Session, { log }: Asking, state: FeedState, rows: readonly Entry[]): Promise<Listed> {
  const counted = await askCounts(log, firstDay(state), serverTime(session));
  const compared = compare(state, counted, session.mostPages);
  if (compared.type !== 'List') return { type: 'Unclear' };
  return take(state, { counted, growth: compared.growth, given: 'After' }, rows);
}
