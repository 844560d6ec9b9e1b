import type { Permission, QuayOrganizationSpec } from '../api/index.js';

/** The document with its own robots under their short names: people also write the full ones, which Quay shows. */
export function inShortNames(spec: QuayOrganizationSpec): QuayOrganizationSpec {
  const own = `${spec.name}+`;
  const member = (name: string): string => (name.startsWith(own) ? name.slice(spec.name.length) : name);
  const grantee = <P extends Permission>(permission: P): P =>
    permission.kind === 'robot' && permission.name.startsWith(own)
      ? { ...permission, name: permission.name.slice(own.length) }
      : permission;
  return {
    ...spec,
    teams: spec.teams.map((team) =>
      team.members === undefined ? team : { ...team, members: team.members.map(member) },
    ),
    defaultPermissions: spec.defaultPermissions.map((permission) => ({
      ...grantee(permission),
      creator: member(permission.creator),
    })),
    repositories: spec.repositories.map((repository) =>
      repository.permissions === undefined
        ? repository
        : { ...repository, permissions: repository.permissions.map(grantee) },
    ),
  };
}
