import { type Call } from '../../http/call.js';
import { type Json, type JsonObject, object, text } from '../../http/json.js';
import { invalidRequest } from '../../http/refusal.js';
import { findOrganization, findUser } from '../../state/namespaces.js';
import { type Namespace } from '../../state/model.js';

/** Checks the configuration of a method for a namespace. */
type ConfigCheck = (call: Call, config: JsonObject, namespace: Namespace | undefined) => void;

const hostsRefused = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i;

function requireText(config: JsonObject, key: string, refusal: string): string {
  const value = text(config, key);
  if (value === undefined || value === '') throw invalidRequest(refusal);
  return value;
}

function webhook(_call: Call, config: JsonObject): void {
  const url = requireText(config, 'url', 'Missing webhook URL');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || hostsRefused.test(parsed.hostname)) {
    throw invalidRequest('Invalid webhook URL');
  }
  const template = text(config, 'template');
  if (template === undefined || template === '') return;
  try {
    JSON.parse(template) as Json;
  } catch (error) {
    throw invalidRequest(`Could not parse template: ${error instanceof Error ? error.message : ''}`);
  }
}

function quayNotification(call: Call, config: JsonObject, namespace: Namespace | undefined): void {
  const target = object(config, 'target');
  const kind = text(target, 'kind') ?? '';
  const name = text(target, 'name') ?? '';
  const { state } = call.simulation;
  const known = {
    user: () => findUser(state, name),
    org: () => findOrganization(state, name),
    team: () => namespace?.organizationTeams.get(name),
  };
  const label = { user: 'user', org: 'organization', team: 'team' };
  if (kind !== 'user' && kind !== 'org' && kind !== 'team') throw invalidRequest('Missing target');
  if (!known[kind]()) throw invalidRequest(`Unknown ${label[kind]} ${name}`);
  if (kind === 'org' && name !== namespace?.name) {
    throw invalidRequest('Organization name must match repository namespace');
  }
}

const checks: Readonly<Record<string, ConfigCheck>> = {
  webhook,
  quay_notification: quayNotification,
  email: (_call, config) => {
    requireText(config, 'email', 'Missing e-mail address');
    throw invalidRequest('The specified e-mail address is not authorized to receive notifications for this repository');
  },
  slack: (_call, config) => void requireText(config, 'url', 'Missing Slack Callback URL'),
  flowdock: (_call, config) => void requireText(config, 'flow_api_token', 'Missing Flowdock API Token'),
  hipchat: (_call, config) => {
    requireText(config, 'notification_token', 'Missing Hipchat Room Notification Token');
    requireText(config, 'room_id', 'Missing Hipchat Room ID');
  },
};

/** The check of a method's configuration; undefined for an unknown method. */
export function configCheck(method: string): ConfigCheck | undefined {
  return Object.hasOwn(checks, method) ? checks[method] : undefined;
}
