import * as z from 'zod';
import { origin, type Origin, signedOwnership, type SignedOwnership } from '../api/index.js';
import { InvalidInput } from '../errors/index.js';
import type { PlannedChange } from './change.js';
import { effectOf } from './effect.js';
import { impliedPermission } from './implied-permission.js';

const inventory = z.strictObject({
  origin: origin.optional(),
  managedItems: z.array(z.string()),
  secretHashes: z.record(z.string(), z.string()).optional(),
  // What does not fit proves nothing, and breaks nothing.
  ownership: signedOwnership.optional().catch(undefined),
});

/** What Quayside created in one organization: only that is ever removed when it is no longer declared. */
export interface Inventory {
  readonly origin?: Origin;
  /** Names as `managedItems` gives them, sorted. */
  readonly managedItems: readonly string[];
  /** Salted hashes of the secrets last written, by item: Quay never gives the secrets back. */
  readonly secretHashes?: Readonly<Record<string, string>>;
  /** Whose organization it is, signed together with the two fields before; whoever reads it checks that. */
  readonly ownership?: SignedOwnership | undefined;
}

/** What the plan of an organization says about its inventory. */
interface Planned {
  /** Absent while it is not known that there is one: whoever has no part in an organization must not remember one. */
  readonly origin?: Origin | undefined;
  /** Items that exist and are ours. */
  readonly ours: readonly string[];
  /** Hashes of the secrets as they are now, where they could be read. */
  readonly secretHashes?: Readonly<Record<string, string>>;
}

/** The inventory once these changes of the plan are done. */
export function inventoryAfter(
  before: Inventory | undefined,
  plan: Planned,
  done: readonly PlannedChange[],
): Inventory {
  const managedItems = new Set(plan.ours);
  for (const { change, managedItem } of done) {
    if (managedItem === undefined) continue;
    const effect = effectOf(change);
    if (effect === 'makes') managedItems.add(managedItem);
    if (effect === 'removes') managedItems.delete(managedItem);
  }
  return makeInventory(plan.origin, managedItems, hashesAfter(before, plan, done));
}

/** A hash is kept for as long as its secret is declared, and taken anew when the secret was written. */
function hashesAfter(before: Inventory | undefined, plan: Planned, done: readonly PlannedChange[]): [string, string][] {
  const now = plan.secretHashes;
  const kept = Object.entries(before?.secretHashes ?? {}).filter(
    ([managedItem]) => now === undefined || managedItem in now,
  );
  const written = done.flatMap(({ change, managedItem }): [string, string][] => {
    const hash = managedItem === undefined ? undefined : now?.[managedItem];
    return managedItem === undefined || hash === undefined || effectOf(change) === 'removes'
      ? []
      : [[managedItem, hash]];
  });
  return [...new Map([...kept, ...written])];
}

/**
 * What to write down before the first of these changes is made: everything they may make counts as ours, so that an apply
 * that is cut in the middle leaves nothing behind that is unknown. An item that was not created after all is dropped by
 * the next plan.
 */
export function inventoryBefore(
  before: Inventory | undefined,
  plan: Planned & { readonly changes: readonly PlannedChange[] },
): Inventory {
  const made = plan.changes.flatMap(({ change, managedItem }) =>
    managedItem !== undefined && effectOf(change) === 'makes' ? [managedItem] : [],
  );
  return makeInventory(plan.origin, [...plan.ours, ...made], Object.entries(before?.secretHashes ?? {}));
}

function makeInventory(
  origin: Origin | undefined,
  managedItems: Iterable<string>,
  hashes: Iterable<[string, string]>,
): Inventory {
  const secretHashes = Object.fromEntries([...hashes].sort(([one], [other]) => (one < other ? -1 : 1)));
  const all = new Set(managedItems);
  const implied = impliedPermission((managedItem) => all.has(managedItem));
  const base = {
    ...(origin && { origin }),
    managedItems: [...all].filter((managedItem) => !implied(managedItem)).sort(),
  };
  return Object.keys(secretHashes).length === 0 ? base : { ...base, secretHashes };
}

/** The inventory as JSON; the same inventory gives the same text. */
export function writeInventory(value: Inventory): string {
  return `${JSON.stringify({ origin: value.origin, managedItems: [...value.managedItems].sort(), secretHashes: value.secretHashes, ownership: value.ownership }, null, 2)}\n`;
}

/** The inventory of a text; a text that is none is refused, since an empty inventory would leave items behind. */
export function readInventory(text: string): Inventory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidInput([{ path: '', message: 'the inventory is not JSON' }]);
  }
  const parsed = inventory.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
}
