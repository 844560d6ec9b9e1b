import { type Call } from '../../http/call.js';
import { type ApiResponse, json } from '../../http/message.js';
import { pageStart, pageToken } from '../../http/page-token.js';
import { queryFlag, queryText } from '../../http/query.js';
import { dataError, invalidRequest } from '../../http/refusal.js';
import { hasFullAccess, isVisibleTo } from '../../auth/permissions.js';
import { positionOf } from '../../state/by-id.js';
import { type Repository } from '../../state/model.js';
import { repositoryQuotaKeys } from '../quota/report.js';

const pageSize = 100;

/** Lists repositories, by what their user may see: scopes do not count here. */
export function listRepositories(call: Call): ApiResponse {
  const filter = filterOf(call);
  const kind = queryText(call, 'repo_kind') ?? 'image';
  if (kind !== 'image' && kind !== 'application') throw dataError('Unknown repository kind');
  const found: Repository[] = [];
  for (const repository of kind === 'image' ? candidates(call, filter.namespace) : []) {
    if (isShown(call, repository, filter)) found.push(repository);
    if (found.length > pageSize) break;
  }
  const next = found[pageSize];
  return json({
    repositories: found.slice(0, pageSize).map((repository) => view(call, repository)),
    ...(next && { next_page: pageToken(call.simulation, next.id) }),
  });
}

interface Filter {
  readonly namespace: string | undefined;
  readonly starred: boolean;
  readonly isPublic: boolean;
  readonly fullAccess: boolean;
}

function filterOf(call: Call): Filter {
  const filter = {
    namespace: queryText(call, 'namespace') || undefined,
    starred: queryFlag(call, 'starred', false),
    isPublic: queryFlag(call, 'public', false),
    fullAccess: hasFullAccess(call),
  };
  if (filter.namespace === undefined && !filter.starred && !filter.isPublic) {
    throw invalidRequest('namespace, starred or public are required for this API call');
  }
  return filter;
}

function isShown(call: Call, repository: Repository, { starred, isPublic, fullAccess }: Filter): boolean {
  const { user } = call.caller;
  if (starred && !user?.stars.has(repository)) return false;
  if (fullAccess || (isPublic && repository.visibility === 'public')) return true;
  return user !== undefined && isVisibleTo(user, repository);
}

function* candidates(call: Call, namespace: string | undefined): Iterable<Repository> {
  const { state } = call.simulation;
  const start = pageStart(call.simulation, queryText(call, 'next_page'));
  if (namespace === undefined) {
    for (let at = positionOf(state.repositoryOrder, start); at < state.repositoryOrder.length; at += 1) {
      const repository = state.repositoryOrder[at];
      if (repository && repository.state !== 'MARKED_FOR_DELETION') yield repository;
    }
    return;
  }
  for (const repository of state.namespaces.get(namespace)?.repositories.values() ?? []) {
    if (repository.id >= start) yield repository;
  }
}

function view(call: Call, repository: Repository): object {
  return {
    namespace: repository.namespace.name,
    name: repository.name,
    description: repository.description,
    is_public: repository.visibility === 'public',
    kind: 'image',
    state: repository.state,
    ...(queryFlag(call, 'last_modified', false) && { last_modified: lastModified(repository) }),
    ...(queryFlag(call, 'popularity', false) && { popularity: 0 }),
    ...(call.caller.user && { is_starred: call.caller.user.stars.has(repository) }),
    ...repositoryQuotaKeys(call.simulation, repository.namespace),
  };
}

function lastModified(repository: Repository): number | null {
  const starts = [...repository.tags.values()].map(({ start }) => start);
  return starts.length === 0 ? null : Math.max(...starts);
}
