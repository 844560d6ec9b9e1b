import { quayOrganizationSpec, type QuayOrganization, type QuayOrganizationSpec } from '../api/index.js';
import { byName } from './order.js';

/**
 * The new document, with everything that the previous one had and it lacks: for as long as some input is unknown, what is
 * missing may only be unseen.
 */
export function grow(previous: QuayOrganization | undefined, next: QuayOrganization): QuayOrganization {
  if (previous === undefined || !lacksSomething(previous.spec, next.spec)) return next;
  const [before, now] = [previous.spec, next.spec];
  return {
    ...next,
    // Through the schema, for the order of the fields.
    spec: quayOrganizationSpec.parse({
      ...before,
      ...now,
      robots: byName(union(before.robots, now.robots)),
      teams: byName(union(before.teams, now.teams)),
      defaultPermissions: union(before.defaultPermissions, now.defaultPermissions),
      repositories: byName(union(before.repositories, now.repositories)),
    }),
  };
}

interface Item {
  readonly name: string;
  readonly kind?: string;
  readonly creator?: string;
}

function lacksSomething(before: QuayOrganizationSpec, now: QuayOrganizationSpec): boolean {
  return (
    Object.keys(before).some((field) => !Object.hasOwn(now, field)) ||
    missing(before.robots, now.robots).length > 0 ||
    missing(before.teams, now.teams).length > 0 ||
    missing(before.defaultPermissions, now.defaultPermissions).length > 0 ||
    missing(before.repositories, now.repositories).length > 0
  );
}

function union<T extends Item>(before: readonly T[], now: readonly T[]): T[] {
  return [...now, ...missing(before, now)];
}

function missing<T extends Item>(before: readonly T[], now: readonly T[]): T[] {
  const identity = ({ kind = '', name, creator = '' }: Item): string => `${kind}\n${name}\n${creator}`;
  const known = new Set(now.map(identity));
  return before.filter((item) => !known.has(identity(item)));
}
