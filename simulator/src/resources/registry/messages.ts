import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { object, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, emptyPage, json } from '../../http/message.js';
import { type Route, route } from '../../http/route.js';
import { requireSuperuser } from '../../auth/require.js';

const creationSchema: Schema = {
  required: ['message'],
  properties: {
    message: {
      type: 'object',
      required: ['content', 'media_type', 'severity'],
      properties: {
        content: { type: 'string' },
        media_type: { type: 'string', enum: ['text/plain', 'text/markdown'] },
        severity: { type: 'string', enum: ['info', 'warning', 'error'] },
      },
    },
  },
};

function list({ simulation }: Call): ApiResponse {
  const messages = [...simulation.state.messages.values()].map(({ uuid, content, severity, mediaType }) => ({
    uuid,
    content,
    severity,
    media_type: mediaType,
  }));
  return json({ messages });
}

function create(call: Call): ApiResponse {
  requireSuperuser(call);
  const message = object(jsonBody(call, creationSchema), 'message');
  const uuid = call.simulation.random.uuid();
  call.simulation.state.messages.set(uuid, {
    uuid,
    content: text(message, 'content') ?? '',
    severity: text(message, 'severity') ?? '',
    mediaType: text(message, 'media_type') ?? '',
  });
  return emptyPage(201);
}

/** Deletes a message, or says so of one that never was. */
function remove(call: Call): ApiResponse {
  requireSuperuser(call);
  call.simulation.state.messages.delete(param(call, 'uuid'));
  return emptyPage(204);
}

/** Messages to all visitors. */
export const messageRoutes: readonly Route[] = [
  route('/api/v1/messages', { GET: list, POST: create }),
  route('/api/v1/message/{uuid}', { DELETE: remove }),
];
