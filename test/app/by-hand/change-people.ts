import { others, here, full, path, allAbout, findIn, type HandChange, type Spec } from './change.js';

const teamRoles = ['member', 'creator', 'admin'] as const;
const roles = ['read', 'write', 'admin'] as const;

/** The organization's own values. */
export function valueChanges({ email, tagExpiration = '' }: Spec): HandChange[] {
  const back = [`set the e-mail address to ${email}`];
  return [
    ...(email === undefined
      ? []
      : [
          { kind: 'other e-mail address', about: '', make: edit({ email: 'moved@example.com' }), back },
          { kind: 'no e-mail address', about: '', make: edit({ email: '' }), back },
        ]),
    {
      kind: 'other tag expiration',
      about: '',
      make: edit({ tag_expiration_s: tagExpiration === '4w' ? 86_400 : 2_419_200 }),
      back: [`keep deleted tags for ${tagExpiration}`],
    },
  ];
}

const edit =
  (body: object): HandChange['make'] =>
  (hand) =>
    hand.ask('PUT', here, body);

/** Robots go, with all that hangs on them. */
export function robotChanges({ robots, repositories }: Spec): HandChange[] {
  const mirroring = new Set(repositories.map(({ mirror }) => mirror?.robot));
  return robots
    .filter(({ name }) => !mirroring.has(name))
    .map(({ name }) => ({
      kind: 'robot deleted',
      about: name,
      make: (hand) => hand.ask('DELETE', `${here}/robots/${name}`),
      mayBeRefused: true,
      back: { first: `create robot ${name}`, all: allAbout(name) },
    }));
}

/** Teams, their members, and the groups that they follow. */
export function teamChanges({ teams }: Spec): HandChange[] {
  return teams.flatMap(({ name, role, description, members = [], sync }): HandChange[] => {
    const at = `${here}/team/${name}`;
    const group = sync?.groupDN ?? sync?.groupName ?? '';
    return [
      ...(name === 'owners'
        ? []
        : [
            {
              kind: 'team deleted',
              about: name,
              make: (hand) => hand.ask('DELETE', at),
              back: { first: `create team ${name} as ${role}`, all: allAbout(name) },
            } satisfies HandChange,
            ...others(teamRoles, role).map((other): HandChange => ({
              kind: `team ${teamRoles.indexOf(other) > teamRoles.indexOf(role) ? 'promoted' : 'demoted'}`,
              about: name,
              make: (hand) => hand.ask('PUT', at, { role: other }),
              back: [`make team ${name} ${role}, was ${other}`],
            })),
          ]),
      ...(description === undefined
        ? []
        : [
            {
              kind: 'team described otherwise',
              about: name,
              make: (hand) => hand.ask('PUT', at, { role, description: 'by hand' }),
              back: [`change the description of team ${name}`],
            } satisfies HandChange,
          ]),
      ...members
        .filter((member) => member !== 'admin')
        .map((member): HandChange => {
          const who = member.startsWith('+') ? full(member.slice(1)) : member;
          return {
            kind: 'member removed',
            about: `${name} ${member}`,
            make: (hand) => hand.ask('DELETE', `${at}/members/${path(who)}`),
            back: [`add ${member} to team ${name}`],
          };
        }),
      ...(sync === undefined
        ? []
        : [
            {
              kind: 'group forgotten',
              about: name,
              make: (hand) => hand.ask('DELETE', `${at}/syncing`),
              back: [`let team ${name} follow group ${group}`],
            } satisfies HandChange,
            {
              kind: 'other group',
              about: name,
              make: async (hand) => {
                await hand.ask('DELETE', `${at}/syncing`);
                await hand.ask('POST', `${at}/syncing`, { group_dn: 'cn=by-hand' });
              },
              back: [`let team ${name} follow group ${group}`],
            } satisfies HandChange,
          ]),
    ];
  });
}

interface Prototype {
  readonly id: string;
  readonly delegate: { readonly kind: string; readonly name: string };
  readonly activating_user: { readonly name: string } | null;
}

/** Permissions that new repositories start with. */
export function defaultPermissionChanges({ defaultPermissions }: Spec): HandChange[] {
  return defaultPermissions.flatMap(({ kind, name, role, creator }): HandChange[] => {
    const activating = creator.startsWith('+') ? full(creator.slice(1)) : creator;
    const who = kind === 'robot' ? full(name) : name;
    const by = creator === '' ? '' : ` made by ${creator}`;
    const find: (hand: Parameters<HandChange['make']>[0]) => Promise<Prototype> = (hand) =>
      findIn<Prototype>(
        hand,
        `${here}/prototypes`,
        'prototypes',
        ({ delegate, activating_user: user }) =>
          delegate.name === who &&
          (delegate.kind === 'team') === (kind === 'team') &&
          (user?.name ?? '') === activating,
      );
    return [
      {
        kind: 'default permission deleted',
        about: `${kind} ${name} ${creator}`,
        make: async (hand) => hand.ask('DELETE', `${here}/prototypes/${(await find(hand)).id}`),
        back: [`give ${kind} ${name} ${role} on new repositories${by}`],
      },
      ...others(roles, role).map((other): HandChange => ({
        kind: `default permission ${roles.indexOf(other) > roles.indexOf(role) ? 'raised' : 'lowered'}`,
        about: `${kind} ${name} ${creator}`,
        make: async (hand) => hand.ask('PUT', `${here}/prototypes/${(await find(hand)).id}`, { role: other }),
        back: [`give ${kind} ${name} ${role}, was ${other}, on new repositories${by}`],
      })),
    ];
  });
}
