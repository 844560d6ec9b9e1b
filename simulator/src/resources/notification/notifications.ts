import { type Call, param, repositoryPath } from '../../http/call.js';
import { object, text } from '../../http/json.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { crash, invalidRequest, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { requireRepositoryRole } from '../../auth/require.js';
import { type Repository } from '../../state/model.js';
import { type Notification } from '../../state/records.js';
import { findRepository } from '../../state/repositories.js';
import { configCheck } from './config.js';
import { notificationBody, notificationFrom, notificationView } from './view.js';

const notificationEvents: ReadonlySet<string> = new Set([
  'repo_push',
  'build_queued',
  'build_start',
  'build_success',
  'build_failure',
  'build_cancelled',
  'vulnerability_found',
  'repo_mirror_sync_started',
  'repo_mirror_sync_success',
  'repo_mirror_sync_failed',
  'repo_image_expiry',
]);

function administered(call: Call): Repository | undefined {
  requireRepositoryRole(call, 'admin');
  const { namespace, name } = repositoryPath(call);
  return findRepository(call.simulation.state, namespace, name);
}

function find(call: Call): Notification | undefined {
  return administered(call)?.notifications.get(param(call, 'uuid'));
}

function existing(call: Call): Notification {
  const notification = find(call);
  if (notification) return notification;
  const { namespace, name } = repositoryPath(call);
  throw invalidRequest(`No repository notification found for: ${namespace}, ${name}, ${param(call, 'uuid')}`);
}

function list(call: Call): ApiResponse {
  return json({ notifications: [...(administered(call)?.notifications.values() ?? [])].map(notificationView) });
}

/** Unknown events and methods, and a missing repository, crash the real server. */
function create(call: Call): ApiResponse {
  requireRepositoryRole(call, 'admin');
  const body = notificationBody(call);
  const repository = administered(call);
  const check = configCheck(text(body, 'method') ?? '');
  if (!repository || !check) throw crash();
  check(call, object(body, 'config'), repository.namespace);
  if (!notificationEvents.has(text(body, 'event') ?? '')) throw crash();
  const notification = notificationFrom(call, body);
  repository.notifications.set(notification.uuid, notification);
  return json(notificationView(notification), 201);
}

function read(call: Call): ApiResponse {
  const notification = find(call);
  if (!notification) throw notFound();
  return json(notificationView(notification));
}

function reset(call: Call): ApiResponse {
  existing(call).failures = 0;
  return noContent();
}

function remove(call: Call): ApiResponse {
  const { uuid } = existing(call);
  administered(call)?.notifications.delete(uuid);
  return noContent();
}

function test(call: Call): ApiResponse {
  existing(call);
  return json({});
}

const notificationsPath = '/api/v1/repository/{repository}/notification/';

/** Notifications of repositories; equal ones may be made, none can be changed. */
export const notificationRoutes: readonly Route[] = [
  route(notificationsPath, { GET: list, POST: create }),
  route(`${notificationsPath}{uuid}`, { GET: read, POST: reset, DELETE: remove }),
  route(`${notificationsPath}{uuid}/test`, { POST: test }),
];
