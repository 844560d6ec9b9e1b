import { hash } from 'node:crypto';
import { type Principal, type Team } from '../../state/model.js';

/** What clients draw somebody's picture from. */
export interface Avatar {
  readonly name: string;
  readonly hash: string;
  readonly color: string;
  readonly kind: string;
}

const colors = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];

/** The avatar of a name; the hash is that of the address when there is one. */
export function avatar(name: string, kind: string, address?: string): Avatar {
  const digest = hash('sha256', (address ?? name).trim().toLowerCase());
  return {
    name,
    hash: digest,
    color: colors[Number.parseInt(digest.slice(0, 4), 16) % colors.length] ?? '#1f77b4',
    kind,
  };
}

/** The avatar of a user or robot; an organization passes for a user here, too. */
export function avatarOf(principal: Principal): Avatar {
  return principal.robot
    ? avatar(principal.name, 'robot')
    : avatar(principal.name, 'user', principal.email ?? principal.standInEmail);
}

/** The avatar of a team. */
export function teamAvatar(team: Team): Avatar {
  return avatar(team.name, 'team');
}
