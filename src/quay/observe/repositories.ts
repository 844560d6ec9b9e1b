import { limits } from '../../limits/index.js';
import type { ObservedRepository } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { flagIn, listIn, objectOf, optionalText, textIn, textOr, unexpected } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import { address } from '../transport/address.js';
import type { Call } from '../transport/call.js';
import { byName } from './context.js';

/** All repositories, page by page; refuses a list that starts over instead of ending. */
export async function readRepositories(ask: Ask, { name }: CallsIn): Promise<readonly ObservedRepository[]> {
  const found = new Map<string, ObservedRepository>();
  let page: string | undefined;
  const seen = new Set<string>();
  for (let pages = 0; pages < limits.quayPages; pages += 1) {
    const call = pageCall(name, page);
    const body = objectOf(await ask.read(call), asked(call), 'the list');
    for (const entry of listIn(body, 'repositories', asked(call))) {
      const repository = repositoryOf(entry, name, asked(call));
      if (found.has(repository.name)) throw unexpected(asked(call), 'the pages repeat themselves');
      found.set(repository.name, repository);
    }
    page = optionalText(body, 'next_page', asked(call));
    if (page === undefined) return [...found.values()].sort(byName);
    if (seen.has(page)) throw unexpected(asked(call), 'the pages repeat themselves');
    seen.add(page);
  }
  throw unexpected(asked(pageCall(name, undefined)), 'the pages do not end');
}

function pageCall(organization: string, page: string | undefined): Call {
  const query =
    page === undefined
      ? address('repository?namespace={organization}', organization)
      : address('repository?namespace={organization}&next_page={page}', organization, page);
  return { method: 'GET', organization, scope: 'repo:read', ...query };
}

function repositoryOf(entry: unknown, organization: string, source: string): ObservedRepository {
  const repository = objectOf(entry, source, 'a repository');
  if (textIn(repository, 'namespace', source) !== organization) {
    throw unexpected(source, 'it lists a repository of another namespace');
  }
  return {
    name: textIn(repository, 'name', source),
    visibility: flagIn(repository, 'is_public', source) ? 'public' : 'private',
    description: textOr(repository, 'description', '', source),
    state: textOr(repository, 'state', 'NORMAL', source),
  };
}
