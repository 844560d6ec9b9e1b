import { methodSettings, type Notification, type SecretRef } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import type { Change, ObservedNotification } from '../../plan/index.js';
import { readNotifications } from '../observe/notifications.js';
import { levelIndex } from '../vulnerability-level.js';
import { createOnce, remove } from './confirm.js';
import type { Applying } from './context.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

/** Adds a notification; never a second one of the same by repeating. */
export async function createNotification(
  { ask, calls, secrets }: Applying,
  { repository, notification }: Of<'CreateNotification'>,
): Promise<void> {
  const url = urlOf(notification, secrets);
  const { title, event, method } = notification;
  const body = {
    title,
    event,
    method,
    config: { ...(url === undefined ? {} : { url }), ...methodSettings(method, notification) },
    eventConfig: eventConfig(notification),
  };
  const before = await readNotifications(ask, calls, repository);
  const call = calls.repository('POST', '/notification/', [repository], { body });
  await createOnce(ask, call, async () => {
    const known = new Set(before.map(({ uuid }) => uuid));
    const now = await readNotifications(ask, calls, repository);
    return now.some((found) => !known.has(found.uuid) && looksLike(found, notification));
  });
}

function urlOf(notification: Notification, secrets: (ref: SecretRef) => string): string | undefined {
  if (notification.method !== 'webhook' && notification.method !== 'slack') return undefined;
  if (notification.urlSecretRef !== undefined) return secrets(notification.urlSecretRef);
  throw new TerminalError('InvalidInput', `notification ${notification.title}: urlSecretRef is needed`);
}

function eventConfig({ vulnerabilityLevel, imageExpiryDays }: Notification): unknown {
  return {
    ...(vulnerabilityLevel === undefined ? {} : { level: levelIndex(vulnerabilityLevel) }),
    ...(imageExpiryDays === undefined ? {} : { days: imageExpiryDays }),
  };
}

function looksLike(found: ObservedNotification, wanted: Notification): boolean {
  return found.title === wanted.title && found.event === wanted.event && found.method === wanted.method;
}

/** Deletes a notification. */
export function deleteNotification(
  { ask, calls }: Applying,
  { repository, uuid }: Of<'DeleteNotification'>,
): Promise<void> {
  return remove(ask, calls.repository('DELETE', '/notification/{uuid}', [repository, uuid]));
}

/** Lets a notification speak again that Quay muted after three failures. */
export async function resetNotification(
  { ask, calls }: Applying,
  { repository, uuid }: Of<'ResetNotification'>,
): Promise<void> {
  await ask.must(calls.repository('POST', '/notification/{uuid}', [repository, uuid]));
}
