import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { number, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { pageStart, pageToken } from '../../http/page-token.js';
import { queryText } from '../../http/query.js';
import { dataError, forbidden, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { isSuperuser } from '../../auth/permissions.js';
import { requireUser } from '../../auth/require.js';
import { carries, isScope, type Scope } from '../../auth/scopes.js';
import { type AccessToken } from '../../state/model.js';
import { takeId } from '../../state/state.js';
import { existingApplication } from './applications.js';
import { isoDate } from '../dates.js';

const tokenLength = 40;
const pageSize = 50;
/** Ten years; more is cut in silence. */
const longestLifeSeconds = 315_576_000;

const creationSchema: Schema = {
  required: ['name', 'scope'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 255 },
    scope: { type: 'string' },
    expiration: { type: 'number', minimum: 1 },
  },
};

function view(token: AccessToken): object {
  return {
    uuid: token.uuid,
    name: token.name,
    scope: token.scope,
    expires_at: isoDate(token.expires),
    created: isoDate(token.created),
    created_by: token.owner.name,
    last_accessed: null,
  };
}

/** Tokens that still live, the newest first. */
function list(call: Call): ApiResponse {
  const now = call.simulation.clock();
  const start = pageStart(call.simulation, queryText(call, 'next_page')) || Infinity;
  const tokens = [...existingApplication(call).tokens.values()]
    .filter(({ id, expires }) => id <= start && expires > now)
    .reverse();
  const next = tokens[pageSize];
  return json({
    tokens: tokens.slice(0, pageSize).map(view),
    ...(next && { next_page: pageToken(call.simulation, next.id) }),
  });
}

function create(call: Call): ApiResponse {
  const body = jsonBody(call, creationSchema);
  const application = existingApplication(call);
  const { random, state, clock } = call.simulation;
  const name = (text(body, 'name') ?? '').trim();
  if (name === '') throw dataError("'name' must not be empty");
  const scopes = grantable(call, text(body, 'scope') ?? '');
  const seconds = Math.min(number(body, 'expiration') ?? longestLifeSeconds, longestLifeSeconds);
  const created = clock();
  const token: AccessToken = {
    id: takeId(state),
    uuid: random.uuid(),
    token: random.characters(tokenLength),
    owner: requireUser(call),
    scope: scopes.join(' '),
    name,
    created,
    expires: new Date(created.getTime() + seconds * 1000),
    application,
  };
  application.tokens.set(token.uuid, token);
  state.accessTokens.set(token.token, token);
  return json({ ...view(token), token: token.token });
}

/** The scopes asked for, each of which the caller must carry. */
function grantable(call: Call, scope: string): readonly Scope[] {
  const words = scope.split(/[\s,]+/).filter(Boolean);
  const scopes = words.filter(isScope);
  if (words.length === 0 || scopes.length < words.length) throw dataError(`Invalid scope: ${scope}`);
  const own = call.caller.scopes;
  if (!scopes.every((wanted) => carries(own, wanted))) throw forbidden();
  if (scopes.includes('super:user') && !isSuperuser(call)) throw forbidden();
  return scopes;
}

function revoke(call: Call): ApiResponse {
  const { tokens } = existingApplication(call);
  const token = tokens.get(param(call, 'token_uuid'));
  if (!token) throw notFound();
  tokens.delete(token.uuid);
  call.simulation.state.accessTokens.delete(token.token);
  return noContent();
}

const tokensPath = '/api/v1/organization/{orgname}/applications/{client_id}/tokens';

/** Tokens of applications; the secret is shown once. */
export const applicationTokenRoutes: readonly Route[] = [
  route(tokensPath, { GET: list, POST: create }),
  route(`${tokensPath}/{token_uuid}`, { DELETE: revoke }),
];
