import { type Namespace, type Principal, type Prototype, type Team } from './model.js';

/** Adds a default permission; equal ones may be there already. */
export function addPrototype(prototype: Prototype): void {
  prototype.organization.organizationPrototypes.set(prototype.id, prototype);
  prototype.delegate.prototypes.add(prototype);
  prototype.activatingUser?.prototypes.add(prototype);
}

/** Deletes a default permission. */
export function deletePrototype(prototype: Prototype): void {
  prototype.organization.organizationPrototypes.delete(prototype.id);
  prototype.delegate.prototypes.delete(prototype);
  prototype.activatingUser?.prototypes.delete(prototype);
}

/** Whether a delegate is a team. */
export function isTeam(delegate: Principal | Team): delegate is Team {
  return 'members' in delegate;
}

/**
 * The default permissions that apply to a new repository, one per delegate: one for this creator beats a general one,
 * and the creator is never a delegate. Which of several contradicting ones wins is not defined; here the first does.
 */
export function applicablePrototypes(organization: Namespace, creator: Principal): Iterable<Prototype> {
  const chosen = new Map<Principal | Team, Prototype>();
  if (!organization.organization) return [];
  for (const prototype of organization.organizationPrototypes.values()) {
    const { activatingUser, delegate } = prototype;
    if (delegate === creator || (activatingUser && activatingUser !== creator)) continue;
    const other = chosen.get(delegate);
    if (!other || (activatingUser && !other.activatingUser)) chosen.set(delegate, prototype);
  }
  return chosen.values();
}
