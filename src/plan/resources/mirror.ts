import type { Mirror } from '../../api/index.js';
import { quayDurationSeconds } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type FamilyPlan } from '../context.js';
import { byThing, compareKeyed } from '../keyed.js';
import type { ObservedMirror, ObservedRepository } from '../observed.js';
import { things } from '../managed-items.js';

/** Repositories that are filled from another registry. */
export function planMirrors(context: Context): FamilyPlan {
  const names = new Set(context.listed.map(({ found }) => found.name));
  const places = [
    ...context.listed.map(({ stated, found }) => ({ stated: stated.mirror, found })),
    ...context.observed.repositories
      .filter(({ name }) => !names.has(name))
      .map((found) => ({ stated: undefined, found })),
  ];
  return together(places.map(({ stated, found }) => planRepository(context, stated, found)));
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

function planRepository(context: Context, stated: Mirror | undefined, found: ObservedRepository): FamilyPlan {
  const repository = found.name;
  const thing = things.mirror(repository);
  const mirror = found.mirror == null ? found.mirror : asItRuns(found.mirror, found.state);
  if (mirror === undefined) return unread(context, thing, stated === undefined ? undefined : thing);
  return compareKeyed(context.claim, {
    refused: context.secretRefusal,
    stated: byThing(stated === undefined ? [] : [stated], () => thing),
    found: byThing(mirror === null ? [] : [mirror], () => thing),
    make: (wanted): Change[] => [{ type: 'SetMirror', repository, mirror: wanted }],
    adjust: (wanted, present) => {
      const fields = [
        ...differences(wanted, present),
        ...(context.secretChanged(thing) ? (['passwordSecretRef'] as const) : []),
      ];
      return fields.length === 0 ? {} : { changes: [{ type: 'SetMirror', repository, mirror: wanted, fields }] };
    },
    remove: (): Change[] => (isStopped(found) ? [] : [{ type: 'StopMirror', repository }]),
  });
}

type Same = (stated: Mirror, found: ObservedMirror) => boolean;

/** Which fields are compared, and how. The start date moves with every run, and the password is never shown. */
const same: Readonly<Partial<Record<keyof Mirror, Same>>> = {
  externalReference: (stated, found) => stated.externalReference === found.externalReference,
  tags: (stated, found) => sameSet(stated.tags, found.tags),
  robot: (stated, found) => stated.robot === found.robot,
  interval: (stated, found) => quayDurationSeconds(stated.interval) === found.intervalSeconds,
  enabled: (stated, found) => stated.enabled === found.enabled,
  verifyTLS: (stated, found) => stated.verifyTLS === found.verifyTLS,
  unsignedImages: (stated, found) => stated.unsignedImages === found.unsignedImages,
  timeoutSeconds: (stated, found) =>
    found.timeoutSeconds === undefined || stated.timeoutSeconds === found.timeoutSeconds,
  architectures: (stated, found) =>
    stated.architectures === undefined ||
    found.architectures === undefined ||
    sameSet(stated.architectures, found.architectures),
  proxy: ({ proxy = {} }, found) =>
    (['httpProxy', 'httpsProxy', 'noProxy'] as const).every(
      (key) => proxy[key] === undefined || proxy[key] === (found.proxy[key] ?? ''),
    ),
  username: (stated, found) => stated.username === undefined || stated.username === found.username,
};

function differences(stated: Mirror, found: ObservedMirror): readonly (keyof Mirror)[] {
  return (Object.keys(same) as (keyof Mirror)[]).filter((field) => same[field]?.(stated, found) === false);
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && [...one].sort().join('\n') === [...other].sort().join('\n');
}
