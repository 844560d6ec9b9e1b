import type { Team } from '../../api/index.js';
import { wasFoundLikeThat } from '../as-found.js';
import type { Change } from '../change.js';
import type { Context, ResourcePlan } from '../context.js';
import { byItem, compareKeyed, type Adjustment } from '../keyed.js';
import { markerTeam } from '../../ownership/index.js';
import type { ObservedTeam } from '../observed.js';
import { raisesTeam } from '../roles.js';
import { managedItems } from '../managed-items.js';

/** The team that Quay makes with every organization: it is never deleted and never demoted. */
export const ownersTeam = 'owners';

/** Teams that a document may declare: the one with the ownership marker is ours alone. */
export function declaredTeams({ spec }: Pick<Context, 'spec'>): readonly Team[] {
  return spec.teams.filter((team) => team.name !== markerTeam);
}

/** Teams with their role and description; members and groups are resource types of their own. */
export function planTeams(context: Context): ResourcePlan {
  const { spec, observed } = context;
  const owners = managedItems.team(ownersTeam);
  const plan = compareKeyed(
    {
      ...context.claim,
      recorded: (managedItem) => managedItem !== owners && context.claim.recorded(managedItem),
      ours: (managedItem) => managedItem !== owners && context.claim.ours(managedItem),
    },
    {
      declared: byItem(declaredTeams(context), (team) => managedItems.team(team.name)),
      found: byItem(
        observed.teams.filter((team) => team.name !== markerTeam),
        (team) => managedItems.team(team.name),
      ),
      make: ({ name, role, description }): Change[] => [put({ name, role, description }, false)],
      adjust: (team, found, what) => adjust(context, team, found, what),
      remove: (team): Change[] => [{ type: 'DeleteTeam', team: team.name }],
    },
  );
  const message = 'Quayside keeps its ownership marker in this team';
  const reserved = spec.teams
    .filter((team) => team.name === markerTeam)
    .map((team) => ({ what: managedItems.team(team.name), reason: 'NameReserved' as const, message }));
  return { ...plan, skipped: [...plan.skipped, ...reserved] };
}

interface TeamValues {
  readonly name: string;
  readonly role: Team['role'];
  readonly description?: string | undefined;
}

function put({ name, role, description }: TeamValues, exists: boolean, from?: Team['role']): Change {
  return {
    type: 'PutTeam',
    team: name,
    role,
    exists,
    ...(description === undefined ? {} : { description }),
    ...(from === undefined ? {} : { from }),
  };
}

function adjust(context: Context, team: Team, found: ObservedTeam, what: string): Adjustment {
  const lower = raisesTeam(team.role, found.role);
  const isOwners = team.name === ownersTeam;
  const keepsMore = lower && !isOwners && wasFoundLikeThat(context, what);
  const keepsRole = keepsMore || (lower && isOwners);
  const role = keepsRole ? found.role : team.role;
  const description = team.description === found.description ? undefined : team.description;
  const skipped = !keepsRole
    ? []
    : isOwners
      ? [{ what, reason: 'NameReserved' as const, message: 'the owners are never demoted' }]
      : [{ what, reason: 'PreservedOnAdoption' as const, message: `it is ${found.role}, the spec says ${team.role}` }];
  if (role === found.role && description === undefined) return { skipped, asFound: keepsMore };
  return {
    skipped,
    asFound: keepsMore,
    changes: [put({ name: team.name, role, description }, true, role === found.role ? undefined : found.role)],
  };
}
