import { createHash } from 'node:crypto';
import { type Ban, type Policy, type Report } from '../policy/index.js';
import { skipped } from './decide.js';
import { type Contents, partOfLabel } from './inventory/apply-set.js';
import { groupKindIn, type LiveObject } from './sync-object.js';

/** All that is known when it is decided what is pruned. */
export interface PruneInput {
  readonly lives: Iterable<LiveObject>;
  /** Keys of what is declared. */
  readonly declared: ReadonlySet<string>;
  readonly policy: Policy;
  readonly set: string;
  /** What the parent had recorded before anything was applied. */
  readonly recorded: Contents & { readonly namespace: string | undefined };
  /** Why one of them stays. */
  readonly keeps?: ((live: LiveObject) => Ban | undefined) | undefined;
  /** Why none of them goes now. */
  readonly closed?: Ban | undefined;
  /** The share of the members that may go at once, where there is a limit; `released` is the hash that a person agreed to. */
  readonly most?: { readonly share: number; readonly released?: string | undefined } | undefined;
}

/** What is pruned, and what stays although nobody declares it. */
export interface Pruning {
  readonly surplus: readonly LiveObject[];
  readonly reports: readonly Report[];
  /** What is too much at once, and the hash that lets exactly these go. */
  readonly held?: { readonly keys: readonly string[]; readonly hash: string };
}

/** Decides what goes: what carries the label of the set and is recorded by its parent, and nobody declares any more. */
export function decidePruning(input: PruneInput): Pruning {
  const { declared, policy, keeps, closed, most } = input;
  const members = [...input.lives].filter((live) => isMember(live, input));
  const candidates = members.filter(({ key, deleting }) => !declared.has(key) && !deleting);
  const banned = candidates.map((live) => ({ live, ban: keeps?.(live) ?? policy.delete ?? closed }));
  const surplus = banned.flatMap(({ live, ban }) => (ban === undefined ? [live] : []));
  const reports = banned.flatMap(({ live, ban }) => (ban === undefined ? [] : [skipped(live.key, 'delete', ban)]));
  const hash = hashOf(surplus);
  if (most === undefined || surplus.length <= members.length * most.share || most.released === hash)
    return { surplus, reports };
  const message = `${surplus.length} of ${members.length} objects would go at once; hash ${hash}`;
  const ban: Ban = { reason: 'DeletionHeld', message };
  return {
    surplus: [],
    reports: [...reports, ...surplus.map(({ key }) => skipped(key, 'delete', ban))],
    held: { keys: surplus.map(({ key }) => key).sort(), hash },
  };
}

/** Whether an object is of a set: it carries the label, and the parent has its kind and namespace recorded. */
export function isMember(
  { key, namespace, labels }: LiveObject,
  { set, recorded }: Pick<PruneInput, 'set' | 'recorded'>,
): boolean {
  const isThere = namespace === undefined || namespace === recorded.namespace || recorded.namespaces.has(namespace);
  return labels[partOfLabel] === set && recorded.groupKinds.has(groupKindIn(key)) && isThere;
}

function hashOf(lives: readonly LiveObject[]): string {
  const keys = lives.map(({ key }) => key).sort();
  return createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 16);
}
