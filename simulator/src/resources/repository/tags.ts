import { jsonBody } from '../../http/body.js';
import { type Call, param } from '../../http/call.js';
import { flag, number, text } from '../../http/json.js';
import { type Schema } from '../../http/json-schema.js';
import { type ApiResponse, json, noContent } from '../../http/message.js';
import { queryInteger, queryText } from '../../http/query.js';
import { dataError, immutableTag, notFound } from '../../http/refusal.js';
import { type Route, route } from '../../http/route.js';
import { existingRepository, requireRepositoryRole } from '../../auth/require.js';
import { isTagName } from '../../rules/names.js';
import { type Repository } from '../../state/model.js';
import { type Tag } from '../../state/records.js';
import { mailDate } from '../dates.js';

const largestPage = 100;
const changeSchema: Schema = {
  properties: {
    manifest_digest: { type: 'string' },
    expiration: { type: ['number', 'null'] },
    immutable: { type: 'boolean' },
  },
};

function view(tag: Tag): object {
  return {
    name: tag.name,
    reversion: false,
    start_ts: tag.start,
    manifest_digest: tag.digest,
    is_manifest_list: false,
    size: 0,
    last_modified: mailDate(new Date(tag.start * 1000)),
    ...(tag.expiration !== undefined && {
      end_ts: tag.expiration,
      expiration: mailDate(new Date(tag.expiration * 1000)),
    }),
    immutable: tag.immutable,
  };
}

function list(call: Call): ApiResponse {
  requireRepositoryRole(call, 'read');
  const repository = existingRepository(call);
  const page = Math.max(1, queryInteger(call, 'page', 'Page index for the results. Default 1.') ?? 1);
  const asked = queryInteger(call, 'limit', 'Limit to the number of results to return per page. Max 100.') ?? 50;
  const limit = Math.min(largestPage, Math.max(1, asked));
  const only = queryText(call, 'specificTag');
  const tags = [...repository.tags.values()].filter(({ name }) => only === undefined || name === only);
  const start = (page - 1) * limit;
  return json({
    tags: tags.slice(start, start + limit).map(view),
    page,
    has_additional: tags.length > start + limit,
  });
}

/** The repository of the path, which must take writes. */
export function writableRepository(call: Call): Repository {
  requireRepositoryRole(call, 'write');
  const repository = existingRepository(call);
  if (repository.state !== 'NORMAL') {
    throw dataError(`Repository is in read only or mirror mode: ${repository.name}`, 503);
  }
  return repository;
}

function put(call: Call): ApiResponse {
  requireRepositoryRole(call, 'write');
  const body = jsonBody(call, changeSchema);
  const repository = writableRepository(call);
  const name = param(call, 'tag');
  if (!isTagName(name)) throw dataError('Invalid tag name');
  const digest = text(body, 'manifest_digest');
  const known = repository.tags.get(name);
  if (digest !== undefined) point(call, repository, name, digest);
  else if (!known) throw notFound();
  const tag = repository.tags.get(name);
  if (tag && body.expiration !== undefined) tag.expiration = number(body, 'expiration');
  if (tag) tag.immutable = flag(body, 'immutable') ?? tag.immutable;
  return json('Updated', 201);
}

/** Points a tag at a manifest, which must be there: nothing is ever pushed here. */
function point(call: Call, repository: Repository, name: string, digest: string): void {
  if (![...repository.tags.values()].some((tag) => tag.digest === digest)) throw notFound();
  const known = repository.tags.get(name);
  if (known?.immutable) throw immutableTag(`Tag ${name} is immutable`);
  const start = Math.floor(call.simulation.clock().getTime() / 1000);
  repository.tags.set(name, { name, digest, start, expiration: undefined, immutable: false });
}

function remove(call: Call): ApiResponse {
  const repository = writableRepository(call);
  const tag = repository.tags.get(param(call, 'tag'));
  if (!tag) throw notFound();
  if (tag.immutable) throw immutableTag(`Tag ${tag.name} is immutable`);
  repository.tags.delete(tag.name);
  return noContent();
}

function restore(call: Call): ApiResponse {
  const repository = writableRepository(call);
  const digest = text(
    jsonBody(call, { required: ['manifest_digest'], properties: { manifest_digest: { type: 'string' } } }),
    'manifest_digest',
  );
  point(call, repository, param(call, 'tag'), digest ?? '');
  return json({});
}

const tagsPath = '/api/v1/repository/{repository}/tag/';

/** Tags of repositories. */
export const tagRoutes: readonly Route[] = [
  route(tagsPath, { GET: list }),
  route(`${tagsPath}{tag}`, { PUT: put, DELETE: remove }),
  route(`${tagsPath}{tag}/restore`, { POST: restore }),
];
