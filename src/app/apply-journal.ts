import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOrganization } from '../api/index.js';
import { readInventory, writeInventory } from '../plan/index.js';
import { type AppliedOrganization } from './applied-inventory.js';

/**
 * What a running apply is about to make, on this machine, written before the first call: an apply that is killed leaves
 * nothing in Quay that the next one does not know as its own.
 */
export interface Journal {
  append(organization: string, entry: AppliedOrganization): Promise<void>;
  /** The record with what applies that were cut have added to it. */
  merge(record: Recorded, commit: string | undefined): Promise<Recorded>;
  /** Forgets what this apply wrote, and what others wrote that are no longer running. */
  remove(): Promise<void>;
}

type Recorded = ReadonlyMap<string, AppliedOrganization>;

/** The journal of one record; `base` is the commit that the record was read from. */
export function openJournal(folder: string, record: string, base: string | undefined): Journal {
  const prefix = `.quayside-journal-${createHash('sha256').update(record).digest('hex').slice(0, 16)}-`;
  const own = `${prefix}${process.pid}.jsonl`;
  const all = async (): Promise<readonly string[]> => (await readdir(folder)).filter((name) => name.startsWith(prefix));
  return {
    append: (organization, entry) =>
      appendFile(join(folder, own), `${lineOf(organization, entry, base)}\n`, { mode: 0o600 }),
    merge: async (recorded, commit) => {
      const merged = new Map(recorded);
      for (const name of await all()) {
        const lines = (await readFile(join(folder, name), 'utf8')).split('\n').flatMap(entryOf);
        for (const line of lines) {
          // A record that was written later knows better.
          if (line.base === commit || !recorded.has(line.organization)) merged.set(line.organization, line.entry);
        }
      }
      return merged;
    },
    remove: async () => {
      const done = (await all()).filter((name) => name === own || !isRunning(name));
      await Promise.all(done.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}

function isRunning(name: string): boolean {
  const pid = Number(/-(\d+)\.jsonl$/.exec(name)?.[1]);
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function lineOf(organization: string, { document, inventory, labels }: AppliedOrganization, base = ''): string {
  return JSON.stringify({ organization, base, document, inventory: writeInventory(inventory), labels });
}

interface Line {
  readonly organization: string;
  readonly base: string | undefined;
  readonly entry: AppliedOrganization;
}

/** The last line may have been cut in the middle: what it was about had not begun. */
function entryOf(line: string): Line[] {
  let value: {
    organization: string;
    base: string;
    document: unknown;
    inventory: string;
    labels?: Record<string, string>;
  };
  try {
    value = JSON.parse(line) as typeof value;
  } catch {
    return [];
  }
  const { organization, base, document, inventory, labels } = value;
  const entry = {
    document: parseOrganization(document),
    inventory: readInventory(inventory),
    ...(labels && { labels }),
  };
  return [{ organization, base: base === '' ? undefined : base, entry }];
}
