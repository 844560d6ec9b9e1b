import type { ObservedNotification } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { type JsonObject, listIn, numberIn, objectOf, optionalText, textIn, textOr } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import { levelName } from '../vulnerability-level.js';

/** The notifications of a repository, without the addresses of webhooks, which are secrets. */
export async function readNotifications(
  ask: Ask,
  calls: CallsIn,
  repository: string,
): Promise<readonly ObservedNotification[]> {
  const call = calls.repository('GET', '/notification/', [repository]);
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the list');
  return listIn(body, 'notifications', source).map((entry) => {
    const notification = objectOf(entry, source, 'a notification');
    return {
      uuid: textIn(notification, 'uuid', source),
      title: textOr(notification, 'title', '', source),
      event: textIn(notification, 'event', source),
      method: textIn(notification, 'method', source),
      ...eventDetails(objectOf(notification.event_config ?? {}, source, 'event_config')),
      ...methodDetails(objectOf(notification.config ?? {}, source, 'config'), source),
      failures: numberIn(notification, 'number_of_failures', source),
    };
  });
}

function eventDetails(config: JsonObject): Pick<ObservedNotification, 'vulnerabilityLevel' | 'imageExpiryDays'> {
  const days = Number(config.days ?? Number.NaN);
  return { vulnerabilityLevel: levelName(config.level), imageExpiryDays: Number.isInteger(days) ? days : undefined };
}

function methodDetails(
  config: JsonObject,
  source: string,
): Pick<ObservedNotification, 'email' | 'target' | 'template'> {
  return {
    email: optionalText(config, 'email', source),
    template: optionalText(config, 'template', source),
    target: config.target === undefined || config.target === null ? undefined : targetOf(config.target, source),
  };
}

function targetOf(value: unknown, source: string): { readonly kind: string; readonly name: string } {
  const target = objectOf(value, source, 'target');
  return { kind: textIn(target, 'kind', source), name: textIn(target, 'name', source) };
}
