import { methodSettings, type Notification } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type FamilyPlan } from '../context.js';
import { byThing, compareKeyed, groupByThing, type Adjustment } from '../keyed.js';
import type { ObservedNotification, ObservedRepository } from '../observed.js';
import { things } from '../managed-items.js';

/** Quay stops telling after this many failures. */
const mutedAfter = 3;

/** Whom Quay tells about a repository. Quay can only make and delete notifications, so a new one comes before the old goes. */
export function planNotifications(context: Context): FamilyPlan {
  const names = new Set(context.listed.map(({ found }) => found.name));
  const places = [
    ...context.listed.map(({ stated, found }) => ({ stated: stated.notifications, found })),
    ...context.observed.repositories
      .filter(({ name }) => !names.has(name))
      .map((found) => ({ stated: undefined, found })),
  ];
  return together(places.map(({ stated, found }) => planRepository(context, stated, found)));
}

function planRepository(
  context: Context,
  stated: readonly Notification[] | undefined,
  { name: repository, notifications }: ObservedRepository,
): FamilyPlan {
  const prefix = things.notification(repository, '').slice(0, -1);
  if (notifications === undefined) return unread(context, prefix, stated?.length ? prefix : undefined);
  const nameOf = ({ title }: { readonly title: string }): string => things.notification(repository, title);
  return compareKeyed(context.claim, {
    refused: context.secretRefusal,
    stated: byThing(stated ?? [], nameOf),
    found: groupByThing(notifications, nameOf),
    make: (notification): Change[] => [{ type: 'CreateNotification', repository, notification }],
    adjust: (notification, group, thing) => adjust(context, { repository, notification, group, thing }),
    remove: (group): Change[] =>
      group.map(({ uuid, title }) => ({ type: 'DeleteNotification', repository, uuid, title })),
  });
}

interface Pair {
  readonly repository: string;
  readonly notification: Notification;
  readonly group: readonly ObservedNotification[];
  readonly thing: string;
}

function adjust(context: Context, { repository, notification, group, thing }: Pair): Adjustment {
  const kept = context.secretChanged(thing) ? undefined : group.find((found) => same(notification, found));
  const surplus = group
    .filter((found) => found !== kept)
    .map(({ uuid, title }): Change => ({ type: 'DeleteNotification', repository, uuid, title }));
  if (kept === undefined) return { changes: [{ type: 'CreateNotification', repository, notification }, ...surplus] };
  const muted = kept.failures >= mutedAfter && context.claim.ours(thing);
  const { uuid, title } = kept;
  return { changes: [...(muted ? [{ type: 'ResetNotification', repository, uuid, title } as const] : []), ...surplus] };
}

function same(stated: Notification, found: ObservedNotification): boolean {
  const plain = ['event', 'method', 'vulnerabilityLevel', 'imageExpiryDays'] as const;
  const wanted = methodSettings(stated.method, stated);
  const present = methodSettings(stated.method, found);
  return (
    plain.every((field) => stated[field] === found[field]) &&
    wanted.template === present.template &&
    wanted.email === present.email &&
    wanted.target?.kind === present.target?.kind &&
    wanted.target?.name === present.target?.name
  );
}
