import { createHash } from 'node:crypto';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOrganization } from '../api/index.js';
import { readInventory, writeInventory } from '../plan/index.js';
import { type RecordedOrganization } from './record.js';

/**
 * What a running apply is about to make, on this machine, written before the first call: an apply that is killed leaves
 * nothing in Quay that the next one does not know as its own.
 */
export interface Journal {
  append(organization: string, entry: RecordedOrganization): Promise<void>;
  read(): Promise<ReadonlyMap<string, RecordedOrganization>>;
  remove(): Promise<void>;
}

/** The journal of one record. */
export function openJournal(folder: string, record: string): Journal {
  const file = join(
    folder,
    `.quayside-journal-${createHash('sha256').update(record).digest('hex').slice(0, 16)}.jsonl`,
  );
  return {
    append: (organization, entry) => appendFile(file, `${lineOf(organization, entry)}\n`, { mode: 0o600 }),
    read: async () => new Map((await lines(file)).flatMap((line) => entryOf(line))),
    remove: () => rm(file, { force: true }),
  };
}

function lineOf(organization: string, { document, inventory, labels }: RecordedOrganization): string {
  return JSON.stringify({ organization, document, inventory: writeInventory(inventory), labels });
}

async function lines(file: string): Promise<readonly string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The last line may have been cut in the middle: what it was about had not begun. */
function entryOf(line: string): [string, RecordedOrganization][] {
  let value: { organization: string; document: unknown; inventory: string; labels?: Record<string, string> };
  try {
    value = JSON.parse(line) as typeof value;
  } catch {
    return [];
  }
  const { organization, document, inventory, labels } = value;
  const entry = {
    document: parseOrganization(document),
    inventory: readInventory(inventory),
    ...(labels && { labels }),
  };
  return [[organization, entry]];
}
