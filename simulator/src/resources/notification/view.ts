import { jsonBody } from '../../http/body.js';
import { type Call } from '../../http/call.js';
import { type JsonObject, object, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type Notification } from '../../state/records.js';

const creationSchema: Schema = {
  required: ['event', 'method', 'config', 'eventConfig'],
  properties: {
    event: { type: 'string' },
    method: { type: 'string' },
    config: { type: 'object' },
    eventConfig: { type: 'object' },
    title: { type: 'string' },
  },
};

/** The body of a creation. */
export function notificationBody(call: Call): JsonObject {
  return jsonBody(call, creationSchema);
}

/** A notification made from a body that was checked. */
export function notificationFrom(call: Call, body: JsonObject): Notification {
  return {
    uuid: call.simulation.random.uuid(),
    title: text(body, 'title') ?? null,
    event: text(body, 'event') ?? '',
    method: text(body, 'method') ?? '',
    config: object(body, 'config'),
    eventConfig: object(body, 'eventConfig'),
    failures: 0,
  };
}

/** A notification as it is read: `eventConfig` comes back as `event_config`. */
export function notificationView({ uuid, title, event, method, config, eventConfig, failures }: Notification): object {
  return { uuid, title, event, method, config, event_config: eventConfig, number_of_failures: failures };
}
