import PQueue from 'p-queue';
import { deleteObject } from '../kube/index.js';
import { type Ban, type Report } from '../policy/index.js';
import { contentsOf } from './inventory/contents.js';
import { widened } from './inventory/apply-set.js';
import { type Inventory } from './inventory/inventory.js';
import { recordLeft, type Recording } from './inventory/record.js';
import { decidePruning, isMember, type Pruning } from './prune.js';
import { failed } from './reports.js';
import { groupKindIn, groupKindOf, keyOf, type LiveObject, objectWords } from './sync-object.js';
import { type SyncInput } from './sync-input.js';

/** What was pruned. */
export interface Removed {
  readonly reports: readonly Report[];
  readonly held?: Pruning['held'];
  /** How many were tried. */
  readonly attempts: number;
  /** By key; an error of the inventory by that of its parent. */
  readonly errors: ReadonlyMap<string, unknown>;
}

interface Around {
  readonly inventory: Inventory;
  readonly recording: Recording;
  /** Of what is declared. */
  readonly declared: ReadonlySet<string>;
  /** Whether all that is declared is applied. */
  readonly isWhole: boolean;
}

const atOnce = 8;

/** Deletes what is no longer declared, and narrows what the parent records to what is left. */
export async function pruneObjects(input: SyncInput, around: Around): Promise<Removed> {
  const { inventory, recording, declared } = around;
  const pruning = decide(input, around);
  const { surplus } = pruning;
  const errors = new Map<string, unknown>();
  const gone = new Set<string>();
  await new PQueue({ concurrency: atOnce }).addAll(
    surplus.map((live) => async () => {
      try {
        if (!input.signal.aborted && (await remove(input, live)) !== 'Replaced') gone.add(live.key);
      } catch (error) {
        errors.set(live.key, error);
      }
    }),
  );
  const namespace = input.prune?.parent.named.namespace;
  const set = { set: inventory.id, recorded: { ...recording.contents, namespace } };
  const members = input.lives.filter((live) => isMember(live, set) && !gone.has(live.key));
  const left = contentsOf([...declared, ...members.map(({ key }) => key)], namespace);
  const unknown = { groupKinds: unlistedKinds(input, recording), namespaces: recording.contents.namespaces };
  const isUnknown = unknown.groupKinds.size > 0;
  const fault = input.signal.aborted
    ? undefined
    : await recordLeft(inventory, recording, isUnknown ? widened(left, unknown) : left);
  return {
    reports: [
      ...(inventory.closed === undefined ? [] : [notRecorded(input, inventory.closed)]),
      ...pruning.reports,
      ...surplus.flatMap(({ key }): readonly Report[] => [
        ...(gone.has(key) ? [{ object: objectWords(key), action: 'delete' as const, outcome: 'Done' as const }] : []),
        ...(errors.has(key) ? [failed(key, 'delete', errors.get(key))] : []),
      ]),
    ],
    ...(pruning.held && { held: pruning.held }),
    attempts: surplus.length,
    errors: fault === undefined ? errors : new Map([...errors, [inventory.id, fault]]),
  };
}

/** That the parent is left as it is, and why. */
function notRecorded({ prune }: SyncInput, ban: Ban): Report {
  const object = prune === undefined ? '' : objectWords(keyOf(groupKindOf(prune.parent.type), prune.parent.named));
  return { object, action: 'change', outcome: 'Skipped', ...ban };
}

function decide(input: SyncInput, { inventory, recording, declared, isWhole }: Around): Pruning {
  const { prune, policy, lives } = input;
  const { contents } = inventory;
  const namespace = prune?.parent.named.namespace;
  return decidePruning({
    lives,
    declared,
    policy,
    set: inventory.id,
    recorded: { ...contents, namespace },
    keeps: prune?.keeps,
    most: prune?.most,
    closed: closedBy(inventory, recording, prune?.when === 'Each' || isWhole),
  });
}

/** Why nothing goes now. */
function closedBy(inventory: Inventory, { error }: Recording, isWhole: boolean): Ban | undefined {
  if (inventory.closed !== undefined) return inventory.closed;
  if (error !== undefined) return { reason: 'InputUnknown', message: 'what was applied could not be recorded' };
  if (isWhole) return undefined;
  return { reason: 'Progressing', message: 'not all that is declared is applied yet' };
}

/** Kinds of which nobody knows what is there: they stay recorded. */
function unlistedKinds({ unlisted, kinds }: SyncInput, { contents }: Recording): ReadonlySet<string> {
  return new Set([...contents.groupKinds].filter((one) => unlisted?.has(one) === true || !kinds.has(one)));
}

async function remove({ client, kinds }: SyncInput, live: LiveObject): ReturnType<typeof deleteObject> {
  const traits = kinds.get(groupKindIn(live.key));
  if (traits === undefined) throw new TypeError(`an object of an unknown kind is pruned: ${live.key}`);
  const { name, namespace, uid } = live;
  return deleteObject(client, traits.type, { name, ...(namespace !== undefined && { namespace }) }, { uid });
}
