import { parseOrganization, type QuayOrganization } from '../api/index.js';
import { mergeInventories } from '../converge/index.js';
import { InvalidInput, RetryableError } from '../errors/index.js';
import { type Author, type Head, type StateReader, type StateRefs, type StateWriter } from '../git/index.js';
import { type OwnershipKeys } from '../ownership/index.js';
import { type Inventory, readInventory, writeInventory } from '../plan/index.js';

/** What the last apply left in one organization: the document it applied, and what it made. */
export interface AppliedOrganization {
  readonly document: QuayOrganization;
  readonly inventory: Inventory;
  /** Labels of its namespace when it was last seen. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * No document of the state repository has to declare it: it was applied from a file that somebody named, or it was
   * released. It stays in Quay as it is, and what is known of it is kept for when it is declared again.
   */
  readonly apart?: true;
  /** Of which document nothing is left to do. */
  readonly rolesDigest?: string;
}

/** What earlier applies of the command line did. The operator keeps the same in the status of its objects. */
export interface AppliedInventory {
  /** The commit whose documents were applied last; absent before the first apply. */
  readonly head: string | undefined;
  /** By name of the organization. */
  readonly organizations: ReadonlyMap<string, AppliedOrganization>;
  /** Where the record itself stands, and its files. */
  readonly at: Head | undefined;
  readonly files: ReadonlyMap<string, string>;
}

type InventoryReader = Pick<StateReader, 'at'> & Pick<StateRefs, 'readRef'>;
type InventoryWriter = InventoryReader & Pick<StateWriter, 'commit'> & StateRefs;

type Outcome = Pick<AppliedInventory, 'head' | 'organizations'>;

/** Where a record is written, by whom, and what it is signed with where two are made one. */
interface Writing {
  readonly repository: InventoryWriter;
  readonly ref: string;
  readonly author: Author;
  readonly ownership: OwnershipKeys;
}

const folder = 'organizations/';
const headFile = 'head';

/**
 * The ref that keeps the record of one integration with one registry: what was made in one Quay says nothing about
 * another. It is no branch, so nobody merges it by accident.
 */
export function appliedInventoryRef(clusterFolder: string, integration: string, registry: string): string {
  const folder = clusterFolder.slice(clusterFolder.lastIndexOf('/') + 1);
  return ['refs/quayside/applied', ...[folder, integration, registry].map(refPart)].join('/');
}

/** Git wants no colon, no `..` and no `.lock` at the end, which the names may have. */
function refPart(name: string): string {
  return name.replace(/[.:[\]]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** Reads the record; there is an empty one before the first apply. */
export async function readAppliedInventory(repository: InventoryReader, ref: string): Promise<AppliedInventory> {
  const commit = await repository.readRef(ref);
  const at = commit === undefined ? undefined : await repository.at(commit);
  if (at === undefined) return { head: undefined, organizations: new Map(), at: undefined, files: new Map() };
  const files = await at.read((await at.list()).map(({ path }) => path));
  const organizations = [...files].flatMap(([path, text]): [string, AppliedOrganization][] =>
    path.startsWith(folder) ? [[path.slice(folder.length, -'.json'.length), readEntry(text, `${ref}:${path}`)]] : [],
  );
  return { head: files.get(headFile)?.trim(), organizations: new Map(organizations), at, files };
}

/** Writes the record where it differs, together with what somebody wrote who applied at the same time. */
export async function writeAppliedInventory(
  writing: Writing,
  before: AppliedInventory,
  after: Outcome,
): Promise<AppliedInventory> {
  const { repository, ref, ownership } = writing;
  let base = before;
  let wanted = after;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const written = await tryToWrite(writing, base, wanted);
    if (written !== undefined) return written;
    base = await readAppliedInventory(repository, ref);
    wanted = together(ownership, before, after, base);
  }
  throw new RetryableError('Conflict', 'other applies of the same integration kept writing their inventory', {
    hint: 'Run apply again when they are done.',
  });
}

const attempts = 5;

/** What both did: our entries where we changed something, theirs otherwise, and what either made counts as made. */
function together(
  ownership: OwnershipKeys,
  before: AppliedInventory,
  ours: Outcome,
  theirs: AppliedInventory,
): Outcome {
  const organizations = new Map(theirs.organizations);
  for (const [name, entry] of ours.organizations) {
    const other = theirs.organizations.get(name);
    const inventory = mergeInventories(ownership, name, entry.inventory, other?.inventory);
    organizations.set(name, { ...entry, inventory });
  }
  for (const name of before.organizations.keys()) if (!ours.organizations.has(name)) organizations.delete(name);
  return { head: ours.head, organizations };
}

async function tryToWrite(
  { repository, ref, author }: Writing,
  before: AppliedInventory,
  after: Outcome,
): Promise<AppliedInventory | undefined> {
  const wanted = inventoryFiles(after);
  const writes = new Map([...wanted].filter(([path, text]) => before.files.get(path) !== text));
  const deletes = [...before.files.keys()].filter((path) => !wanted.has(path));
  if (writes.size === 0 && deletes.length === 0) return before;
  const subject = `Record the applied inventory${after.head === undefined ? '' : ` from ${after.head.slice(0, 12)}`}`;
  const commit = await repository.commit(before.at, { writes, deletes }, { subject }, author);
  if ((await repository.writeRef(ref, commit, before.at?.commit)) === 'rejected') return undefined;
  return { ...after, at: await repository.at(commit), files: wanted };
}

function inventoryFiles(record: Outcome): ReadonlyMap<string, string> {
  const entries = [...record.organizations].map(([name, entry]): [string, string] => [
    `${folder}${name}.json`,
    `${JSON.stringify({ document: entry.document, inventory: JSON.parse(writeInventory(entry.inventory)) as unknown, labels: entry.labels, rolesDigest: entry.rolesDigest, apart: entry.apart })}\n`,
  ]);
  return new Map(record.head === undefined ? entries : [...entries, [headFile, `${record.head}\n`]]);
}

function readEntry(text: string, source: string): AppliedOrganization {
  const value = JSON.parse(text) as {
    document?: unknown;
    inventory?: unknown;
    labels?: Record<string, string>;
    rolesDigest?: string;
    apart?: true;
  };
  if (value.document === undefined || value.inventory === undefined) {
    throw new InvalidInput([{ path: '', message: 'is not the inventory of an apply', source }], 'StateInvalid');
  }
  let document: QuayOrganization | undefined;
  return {
    // Only read when the organization is no longer declared, so most are never checked against the schema.
    get document() {
      return (document ??= parseOrganization(value.document, source));
    },
    inventory: readInventory(JSON.stringify(value.inventory)),
    ...(value.labels && { labels: value.labels }),
    ...(value.rolesDigest !== undefined && { rolesDigest: value.rolesDigest }),
    ...(value.apart && { apart: value.apart }),
  };
}
