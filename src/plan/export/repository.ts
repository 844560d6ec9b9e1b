import {
  mirror as mirrorSchema,
  notification as notificationSchema,
  type Mirror,
  type Notification,
  type Permission,
  type Repository,
} from '../../api/index.js';
import { asItRuns } from '../resources/mirror.js';
import { compareText } from '../keyed.js';
import type { ObservedMirror, ObservedRepository } from '../observed.js';
import { durationText } from '../quantities.js';
import { withoutDoubles, type LeftOut } from './left-out.js';
import { fitting, statePolicies } from './policies.js';

/** One repository with its permissions, as far as the schema can declare it. */
export function stateRepository(
  found: ObservedRepository,
  permissions: readonly Permission[],
  leftOut: LeftOut,
): Repository {
  const { name, visibility, description, state } = found;
  if (state === 'READ_ONLY' || state === 'ORG_MIRROR') leftOut.add(`state ${state} of repository ${name}`);
  const mirror = found.mirror == null ? [] : stateMirror(name, asItRuns(found.mirror, state), leftOut);
  const notifications = stateNotifications(found, leftOut);
  return {
    name,
    visibility,
    ...(description === '' ? {} : { description }),
    ...(permissions.length === 0 ? {} : { permissions: permissions.toSorted(byGrantee) }),
    ...statePolicies(found, `of repository ${name}`, leftOut),
    ...(mirror[0] === undefined ? {} : { mirror: mirror[0] }),
    ...(notifications.length === 0 ? {} : { notifications }),
  };
}

const byGrantee = (one: Permission, other: Permission): number =>
  compareText(`${one.kind} ${one.name}`, `${other.kind} ${other.name}`);

function stateMirror(repository: string, found: ObservedMirror, leftOut: LeftOut): Mirror[] {
  const { intervalSeconds, proxy, architectures, tags, ...rest } = found;
  if (found.username !== undefined) leftOut.add(`password of the mirror ${repository}, which Quay does not show`);
  const set = Object.fromEntries(Object.entries(proxy).filter(([, value]) => value !== undefined && value !== ''));
  const value = {
    ...rest,
    tags,
    interval: durationText(intervalSeconds),
    ...(architectures === undefined || architectures.length === 0 ? {} : { architectures }),
    ...(Object.keys(set).length === 0 ? {} : { proxy: set }),
  };
  return fitting(mirrorSchema, value, () => leftOut.add(`mirror ${repository}`));
}

function stateNotifications({ name, notifications = [] }: ObservedRepository, leftOut: LeftOut): Notification[] {
  const add = ({ title, method }: { readonly title: string; readonly method: string }): void =>
    leftOut.add(`notification ${title === '' ? '(without a title)' : title} (${method}) of repository ${name}`);
  return withoutDoubles(notifications, ({ title }) => title, add)
    .flatMap((found) => {
      // The address of a webhook is a secret, and a document can only refer to one.
      const { uuid: _, failures: __, ...value } = found;
      return fitting(notificationSchema, value, () => add(found));
    })
    .toSorted((one, other) => compareText(one.title, other.title));
}
