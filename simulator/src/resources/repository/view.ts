import { type Call } from '../../http/call.js';
import { queryFlag } from '../../http/query.js';
import { canOnRepository } from '../../auth/permissions.js';
import { type Repository } from '../../state/model.js';
import { type Tag } from '../../state/records.js';
import { mailDate } from '../dates.js';

const daysOfStats = 90;
const dayMs = 24 * 3600 * 1000;

/** A repository on its own. */
export function repositoryView(call: Call, repository: Repository): object {
  const { namespace, name } = repository;
  const isPublic = repository.visibility === 'public';
  return {
    namespace: namespace.name,
    name,
    kind: 'image',
    description: repository.description,
    is_public: isPublic,
    is_organization: namespace.organization,
    is_starred: call.caller.user?.stars.has(repository) ?? false,
    status_token: isPublic ? '' : repository.statusToken,
    trust_enabled: false,
    tag_expiration_s: namespace.tagExpirationSeconds,
    is_free_account: true,
    state: repository.state,
    ...(queryFlag(call, 'includeTags', true) && { tags: tagViews(repository) }),
    ...(queryFlag(call, 'includeStats', false) && { stats: stats(call.simulation.clock()) }),
    can_write: repository.state === 'NORMAL' && canOnRepository(call, namespace.name, name, 'write'),
    can_admin: canOnRepository(call, namespace.name, name, 'admin'),
  };
}

function tagViews(repository: Repository): object {
  return Object.fromEntries([...repository.tags.values()].slice(0, 500).map((tag) => [tag.name, tagView(tag)]));
}

function tagView({ name, digest, start, expiration }: Tag): object {
  return {
    name,
    size: 0,
    last_modified: mailDate(new Date(start * 1000)),
    ...(expiration !== undefined && { expiration: mailDate(new Date(expiration * 1000)) }),
    manifest_digest: digest,
  };
}

function stats(now: Date): readonly object[] {
  return Array.from({ length: daysOfStats }, (_, day) => ({
    date: new Date(now.getTime() - day * dayMs).toISOString().slice(0, 10),
    count: 0,
  }));
}
