import { type Call, param } from '../../http/call.js';
import { object, text } from '../../http/json.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { administeredOrganization, requireUserAdmin } from '../../auth/require.js';
import { type Namespace } from '../../state/model.js';
import { type Notification } from '../../state/records.js';
import { configCheck } from './config.js';
import { notificationBody, notificationFrom, notificationView } from './view.js';

type Owner = (call: Call) => Namespace;

const notificationEvents = ['quota_error', 'quota_warning'];

function create(call: Call, owner: Owner): ApiResponse {
  const body = notificationBody(call);
  const namespace = owner(call);
  const event = text(body, 'event') ?? '';
  if (!notificationEvents.includes(event)) {
    throw invalidRequest(`Invalid event '${event}'. Must be one of: ${notificationEvents.join(', ')}`);
  }
  const method = text(body, 'method') ?? '';
  const check = configCheck(method);
  if (!check) throw invalidRequest(`Unknown notification method '${method}'`);
  check(call, object(body, 'config'), namespace);
  const notification = notificationFrom(call, body);
  namespace.notifications.set(notification.uuid, notification);
  return json(notificationView(notification), 201);
}

function existing(call: Call, owner: Owner): Notification {
  const notification = owner(call).notifications.get(param(call, 'uuid'));
  if (!notification) throw notFound();
  return notification;
}

function reset(call: Call, owner: Owner): ApiResponse {
  existing(call, owner).failures = 0;
  return noContent();
}

function remove(call: Call, owner: Owner): ApiResponse {
  const { uuid } = existing(call, owner);
  owner(call).notifications.delete(uuid);
  return noContent();
}

function test(call: Call, owner: Owner): ApiResponse {
  existing(call, owner);
  return json({});
}

function routesOf(path: string, owner: Owner): readonly Route[] {
  const feature = { features: ['QUOTA_NOTIFICATIONS'] };
  return [
    route(
      path,
      {
        GET: (call) => json({ notifications: [...owner(call).notifications.values()].map(notificationView) }),
        POST: (call) => create(call, owner),
      },
      feature,
    ),
    route(
      `${path}/{uuid}`,
      {
        GET: (call) => json(notificationView(existing(call, owner))),
        POST: (call) => reset(call, owner),
        DELETE: (call) => remove(call, owner),
      },
      feature,
    ),
    route(`${path}/{uuid}/test`, { POST: (call) => test(call, owner) }, feature),
  ];
}

/** Notifications about quotas, of organizations and users. */
export const namespaceNotificationRoutes: readonly Route[] = [
  ...routesOf('/api/v1/organization/{orgname}/notifications', administeredOrganization),
  ...routesOf('/api/v1/user/namespacenotifications', requireUserAdmin),
];
