import type { Mirror } from '../../api/index.js';
import { quayDurationSeconds } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type ResourcePlan } from '../context.js';
import { byItem, compareKeyed } from '../keyed.js';
import type { ObservedMirror, ObservedRepository } from '../observed.js';
import { managedItems } from '../managed-items.js';

/** Repositories that are filled from another registry. */
export function planMirrors(context: Context): ResourcePlan {
  const names = new Set(context.listed.map(({ found }) => found.name));
  const scopes = [
    ...context.listed.map(({ declared, found }) => ({ declared: declared.mirror, found })),
    ...context.observed.repositories
      .filter(({ name }) => !names.has(name))
      .map((found) => ({ declared: undefined, found })),
  ];
  return together(scopes.map(({ declared, found }) => planRepository(context, declared, found)));
}

/**
 * Quay keeps the configuration of a mirror for good. Switched off and writable again, nothing is left to do, but it stays
 * ours: only what is ours is read again, and its robot cannot go before it.
 */
function isStopped({ state, mirror }: ObservedRepository): boolean {
  return mirror != null && !mirror.enabled && state !== 'MIRROR';
}

/** A mirror runs only as long as its repository is in the state for it, whatever its own switch says. */
export function asItRuns(mirror: ObservedMirror, state: string): ObservedMirror {
  return { ...mirror, enabled: mirror.enabled && state === 'MIRROR' };
}

function planRepository(context: Context, declared: Mirror | undefined, found: ObservedRepository): ResourcePlan {
  const repository = found.name;
  const managedItem = managedItems.mirror(repository);
  const mirror = found.mirror == null ? found.mirror : asItRuns(found.mirror, found.state);
  if (mirror === undefined) return unread(context, managedItem, declared === undefined ? undefined : managedItem);
  return compareKeyed(context.claim, {
    refused: context.secretRefusal,
    declared: byItem(declared === undefined ? [] : [declared], () => managedItem),
    found: byItem(mirror === null ? [] : [mirror], () => managedItem),
    make: (wanted): Change[] => [{ type: 'SetMirror', repository, mirror: wanted }],
    adjust: (wanted, present) => {
      const fields = [
        ...differences(wanted, present),
        ...(context.secretChanged(managedItem) ? (['passwordSecretRef'] as const) : []),
      ];
      return fields.length === 0 ? {} : { changes: [{ type: 'SetMirror', repository, mirror: wanted, fields }] };
    },
    remove: (): Change[] => (isStopped(found) ? [] : [{ type: 'StopMirror', repository }]),
  });
}

type Same = (declared: Mirror, found: ObservedMirror) => boolean;

/** Which fields are compared, and how. The start date moves with every run, and the password is never shown. */
const same: Readonly<Partial<Record<keyof Mirror, Same>>> = {
  externalReference: (declared, found) => declared.externalReference === found.externalReference,
  tags: (declared, found) => sameSet(declared.tags, found.tags),
  robot: (declared, found) => declared.robot === found.robot,
  interval: (declared, found) => quayDurationSeconds(declared.interval) === found.intervalSeconds,
  enabled: (declared, found) => declared.enabled === found.enabled,
  verifyTLS: (declared, found) => declared.verifyTLS === found.verifyTLS,
  unsignedImages: (declared, found) => declared.unsignedImages === found.unsignedImages,
  timeoutSeconds: (declared, found) =>
    found.timeoutSeconds === undefined || declared.timeoutSeconds === found.timeoutSeconds,
  architectures: (declared, found) =>
    declared.architectures === undefined ||
    found.architectures === undefined ||
    sameSet(declared.architectures, found.architectures),
  proxy: ({ proxy = {} }, found) =>
    (['httpProxy', 'httpsProxy', 'noProxy'] as const).every(
      (key) => proxy[key] === undefined || proxy[key] === (found.proxy[key] ?? ''),
    ),
  username: (declared, found) => declared.username === undefined || declared.username === found.username,
};

function differences(declared: Mirror, found: ObservedMirror): readonly (keyof Mirror)[] {
  return (Object.keys(same) as (keyof Mirror)[]).filter((field) => same[field]?.(declared, found) === false);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && [...one].sort().join('\n') === [...other].sort().join('\n');
}
