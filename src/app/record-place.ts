import { QuaysideError, TerminalError } from '../errors/index.js';
import { type Author, type StateReader, type StateRefs, type StateWriter } from '../git/index.js';
import { type OwnershipKeys } from '../ownership/index.js';
import {
  type AppliedInventory,
  appliedInventoryRef,
  readAppliedInventory,
  writeAppliedInventory,
} from './applied-inventory.js';

/** The refs that the record of one integration may have: its own, and a branch at a forge that takes nothing but branches. */
export interface RecordPlaces {
  readonly ref: string;
  readonly branch: string;
}

/** Where a record is kept, and what it says. */
export interface FoundRecord {
  readonly at: string;
  readonly record: AppliedInventory;
}

type Reader = Pick<StateReader, 'at'> & Pick<StateRefs, 'readRef'>;
type Writer = Reader & Pick<StateWriter, 'commit'> & StateRefs;
type Outcome = Parameters<typeof writeAppliedInventory>[2];

const heads = 'refs/heads/';
const probes: RecordPlaces = { ref: 'refs/quayside/probe', branch: `${heads}quayside-applied/probe` };

/** The places for the record of an integration with a registry. */
export function recordPlaces(...of: Parameters<typeof appliedInventoryRef>): RecordPlaces {
  const ref = appliedInventoryRef(...of);
  return { ref, branch: ref.replace(/^refs\/quayside\/applied\//, `${heads}quayside-applied/`) };
}

/** The state repository, the places in it, and who writes. */
export interface Recording {
  readonly repository: Writer;
  readonly places: RecordPlaces;
  readonly author: Author;
}

/**
 * Finds the record. Where there is none and somebody is about to need one, the forge is asked first which place it takes: a
 * ref is pushed and deleted again. An error when it takes neither.
 */
export async function findRecord(recording: Recording, { ask }: { readonly ask: boolean }): Promise<FoundRecord> {
  const { repository, places } = recording;
  // It is only there where the other place was refused, so it is the newer one.
  const branch = await readAppliedInventory(repository, places.branch);
  if (branch.at !== undefined) return { at: places.branch, record: branch };
  const record = await readAppliedInventory(repository, places.ref);
  if (record.at !== undefined || !ask) return { at: places.ref, record };
  return { at: await askForPlace(recording), record };
}

/** The place that the forge takes, the ref of its own first. */
export async function askForPlace({ repository, places, author }: Recording): Promise<string> {
  const probe = await repository.commit(undefined, { writes: new Map(), deletes: [] }, { subject: 'Probe' }, author);
  if ((await refusalOf(repository, probes.ref, probe)) === undefined) return places.ref;
  const refused = await refusalOf(repository, probes.branch, probe);
  if (refused === undefined) return places.branch;
  const message = `there is no place for the record of what was applied: ${refused.message}`;
  throw new TerminalError(refused.code, message, {
    hint: 'Allow the token or key to push to refs/quayside/*, or to branches called quayside-applied/*.',
  });
}

/** Why the forge does not take a ref. One that an earlier probe left behind was taken. */
async function refusalOf(repository: StateRefs, ref: string, commit: string): Promise<QuaysideError | undefined> {
  const refused = await denial(() => repository.writeRef(ref, commit, undefined));
  // A forge that lets nobody delete keeps an empty commit that says what it is for.
  if (refused === undefined) await denial(() => repository.writeRef(ref, undefined, commit));
  return refused;
}

async function denial(write: () => Promise<unknown>): Promise<QuaysideError | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'PushDenied') return error;
    throw error;
  }
}

/** Writes the record where it is kept, or as a branch where the forge takes no other ref any more. */
export async function keepRecord(
  { repository, places, author, ownership }: Recording & { readonly ownership: OwnershipKeys },
  { at, record }: FoundRecord,
  after: Outcome,
): Promise<{ readonly recordBranch?: string }> {
  const { branch } = places;
  const refused = await denial(() => writeAppliedInventory({ repository, ref: at, author, ownership }, record, after));
  if (refused === undefined) {
    const isNew = at === branch && record.at === undefined;
    return isNew ? { recordBranch: branch.slice(heads.length) } : {};
  }
  if (at === branch) throw refused;
  const none = { head: undefined, organizations: new Map(), at: undefined, files: new Map() };
  await writeAppliedInventory({ repository, ref: branch, author, ownership }, none, after);
  return { recordBranch: branch.slice(heads.length) };
}
