import { fieldManager } from '../../api/index.js';
import { annotate, objectAt, type PatchStep, pointer, textsOf, type Fields } from '../../json/index.js';
import { type KubeClient, patchGuarded, readObject } from '../../kube/index.js';
import { type Ban, type Policy } from '../../policy/index.js';
import { applySetId, type Contents, covers, type Parent, parentMetadata, recordedIn, widened } from './apply-set.js';

/** Which objects were applied together, as their parent has it written down. */
export interface Inventory {
  /** On every member, as its label. */
  readonly id: string;
  /** What was recorded before this sync. */
  readonly contents: Contents;
  /** Why nothing is pruned, and the parent is left as it is. */
  readonly closed?: Ban;
  /** What may be done to its members: nothing, where another tool manages the set. */
  readonly policy: Policy;
  /** Records these contents beside what is there; before anything of them is applied. Gives what is recorded then. */
  readonly widen: (contents: Contents) => Promise<Contents>;
  /** Records these contents and no others; after the rest was pruned. */
  readonly narrow: (contents: Contents) => Promise<void>;
}

const nothing: Contents = { groupKinds: new Set(), namespaces: new Set() };

/** Reads what a parent has recorded. A parent that is gone records nothing, and nothing is pruned. */
export async function openInventory(client: KubeClient, parent: Parent): Promise<Inventory> {
  const id = applySetId(parent);
  const object = await readObject(client, parent.type, parent.named);
  if (object === undefined) {
    return closedInventory(id, { reason: 'Conflict', message: 'the object that has the inventory is gone' }, {});
  }
  const recorded = recordedIn(object, id);
  if (recorded.state === 'Foreign') {
    const ban: Ban = { reason: 'Conflict', message: recorded.why };
    // Our label would make the objects members of a set that the other tool prunes.
    return closedInventory(id, ban, { create: ban, change: ban, remove: ban, delete: ban });
  }
  const { contents } = recorded;
  const isThere = isRecorded(object, id, contents);
  const write = (next: Contents): Promise<unknown> =>
    patchGuarded(client, { ...parent, manager: fieldManager, steps: (live) => stepsFor(live, id, next) });
  return {
    id,
    contents,
    policy: {},
    widen: async (more) => {
      const next = widened(contents, more);
      if (!isThere || !covers(contents, more)) await write(next);
      return next;
    },
    narrow: async (left) => void (await write(left)),
  };
}

/** Nothing is written into it, and nothing pruned by it. */
function closedInventory(id: string, closed: Ban, policy: Policy): Inventory {
  return {
    id,
    contents: nothing,
    closed,
    policy,
    widen: () => Promise.resolve(nothing),
    narrow: () => Promise.resolve(),
  };
}

function isRecorded(object: Fields, id: string, contents: Contents): boolean {
  return stepsFor(object, id, contents).length === 0;
}

/** What makes the parent say so; nothing where it does. */
function stepsFor(live: Fields, id: string, contents: Contents): readonly PatchStep[] {
  const { labels, annotations } = parentMetadata(id, contents);
  const missing = (
    field: 'labels' | 'annotations',
    wanted: Readonly<Record<string, string>>,
  ): Record<string, string> => {
    const now = textsOf(objectAt(live, 'metadata', field));
    return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => now[name] !== value));
  };
  const [label, annotation] = [missing('labels', labels), missing('annotations', annotations)];
  return [
    ...(Object.keys(label).length === 0 ? [] : labelled(live, label)),
    ...(Object.keys(annotation).length === 0 ? [] : annotate(live, annotation)),
  ];
}

function labelled(live: Fields, labels: Readonly<Record<string, string>>): readonly PatchStep[] {
  if (objectAt(live, 'metadata').labels === undefined) return [{ op: 'add', path: '/metadata/labels', value: labels }];
  return Object.entries(labels).map(([name, value]) => ({
    op: 'add',
    path: pointer('metadata', 'labels', name),
    value,
  }));
}
