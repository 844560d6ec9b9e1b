import { type Call, param, repositoryPath } from '../http/call.js';
import { notFound, unauthenticated } from '../http/refusal.js';
import { findOrganization } from '../state/namespaces.js';
import { findRepository } from '../state/repositories.js';
import { type Namespace, type Repository } from '../state/model.js';
import { type RepositoryRole } from '../state/records.js';
import { canAdminister, canOnRepository, isMember, isSuperuser, isUserAdmin, unauthorized } from './permissions.js';

/** The user behind the call. */
export function requireUser(call: Call): Namespace {
  if (!call.caller.user) throw unauthenticated();
  return call.caller.user;
}

/** The user behind the call, who may administer the own account. */
export function requireUserAdmin(call: Call): Namespace {
  const user = requireUser(call);
  if (!isUserAdmin(call)) throw unauthorized(call);
  return user;
}

/** Refuses everybody but superusers. */
export function requireSuperuser(call: Call): Namespace {
  const user = requireUser(call);
  if (!isSuperuser(call)) throw unauthorized(call);
  return user;
}

/** Refuses whoever may not administer the organization of the path. */
export function requireOrganizationAdmin(call: Call): void {
  if (!canAdminister(call, param(call, 'orgname'))) throw unauthorized(call);
}

/** The organization of the path, which the caller administers. */
export function administeredOrganization(call: Call): Namespace {
  requireOrganizationAdmin(call);
  return existingOrganization(call);
}

/** Refuses whoever is in no team of the organization of the path. */
export function requireMembership(call: Call): void {
  if (!isMember(call, param(call, 'orgname'))) throw unauthorized(call);
}

/** The organization of the path. */
export function existingOrganization(call: Call): Namespace {
  const organization = findOrganization(call.simulation.state, param(call, 'orgname'));
  if (!organization) throw notFound();
  return organization;
}

/** Refuses whoever has less than this role on the repository of the path, which need not exist. */
export function requireRepositoryRole(call: Call, role: RepositoryRole): void {
  const { namespace, name } = repositoryPath(call);
  if (canOnRepository(call, namespace, name, role)) return;
  if (role === 'read' && findRepository(call.simulation.state, namespace, name)?.visibility === 'public') return;
  throw unauthorized(call);
}

/** The repository of the path. */
export function existingRepository(call: Call): Repository {
  const { namespace, name } = repositoryPath(call);
  const repository = findRepository(call.simulation.state, namespace, name);
  if (!repository) throw notFound();
  return repository;
}
