import { methodSettings, type Notification } from '../../api/index.js';
import type { Change } from '../change.js';
import { together, unread, type Context, type ResourcePlan } from '../context.js';
import { byItem, compareKeyed, groupByItem, type Adjustment } from '../keyed.js';
import type { ObservedNotification, ObservedRepository } from '../observed.js';
import { managedItems } from '../managed-items.js';

/** Quay stops telling after this many failures. */
const mutedAfter = 3;

/** The notifications of a repository. Quay can only make and delete notifications, so a new one comes before the old goes. */
export function planNotifications(context: Context): ResourcePlan {
  const names = new Set(context.listed.map(({ found }) => found.name));
  const scopes = [
    ...context.listed.map(({ declared, found }) => ({ declared: declared.notifications, found })),
    ...context.observed.repositories
      .filter(({ name }) => !names.has(name))
      .map((found) => ({ declared: undefined, found })),
  ];
  return together(scopes.map(({ declared, found }) => planRepository(context, declared, found)));
}

function planRepository(
  context: Context,
  declared: readonly Notification[] | undefined,
  { name: repository, notifications }: ObservedRepository,
): ResourcePlan {
  const prefix = managedItems.notification(repository, '').slice(0, -1);
  if (notifications === undefined) return unread(context, prefix, declared?.length ? prefix : undefined);
  const nameOf = ({ title }: { readonly title: string }): string => managedItems.notification(repository, title);
  return compareKeyed(context.claim, {
    refused: context.secretRefusal,
    declared: byItem(declared ?? [], nameOf),
    found: groupByItem(notifications, nameOf),
    make: (notification): Change[] => [{ type: 'CreateNotification', repository, notification }],
    adjust: (notification, group, managedItem) => adjust(context, { repository, notification, group, managedItem }),
    remove: (group): Change[] =>
      group.map(({ uuid, title }) => ({ type: 'DeleteNotification', repository, uuid, title })),
  });
}

interface Pair {
  readonly repository: string;
  readonly notification: Notification;
  readonly group: readonly ObservedNotification[];
  readonly managedItem: string;
}

function adjust(context: Context, { repository, notification, group, managedItem }: Pair): Adjustment {
  const kept = context.secretChanged(managedItem) ? undefined : group.find((found) => same(notification, found));
  const surplus = group
    .filter((found) => found !== kept)
    .map(({ uuid, title }): Change => ({ type: 'DeleteNotification', repository, uuid, title }));
  if (kept === undefined) return { changes: [{ type: 'CreateNotification', repository, notification }, ...surplus] };
  const muted = kept.failures >= mutedAfter && context.claim.ours(managedItem);
  const { uuid, title } = kept;
  return { changes: [...(muted ? [{ type: 'ResetNotification', repository, uuid, title } as const] : []), ...surplus] };
}

function same(declared: Notification, found: ObservedNotification): boolean {
  const plain = ['event', 'method', 'vulnerabilityLevel', 'imageExpiryDays'] as const;
  const wanted = methodSettings(declared.method, declared);
  const present = methodSettings(declared.method, found);
  return (
    plain.every((field) => declared[field] === found[field]) &&
    wanted.template === present.template &&
    wanted.email === present.email &&
    wanted.target?.kind === present.target?.kind &&
    wanted.target?.name === present.target?.name
  );
}
