import { others, there, full, path, allAbout, findIn, type HandChange, type Repository, type Spec } from './change.js';

const roles = ['read', 'write', 'admin'] as const;

/** Repositories, and what hangs on each. */
export function repositoryChanges({ repositories }: Spec): HandChange[] {
  return repositories.flatMap((repository) => [
    ...ofItself(repository),
    ...ofPermissions(repository),
    ...ofMirror(repository),
    ...ofNotifications(repository),
  ]);
}

function ofItself({ name, visibility = 'private', description }: Repository): HandChange[] {
  const other = visibility === 'private' ? 'public' : 'private';
  return [
    {
      kind: 'repository deleted',
      about: name,
      make: (hand) => hand.ask('DELETE', there(name)),
      back: { first: `create ${visibility} repository ${name}`, all: allAbout(name) },
      // Default permissions give more on the new one than was on the old.
      leaves: true,
    },
    {
      kind: `repository made ${other}`,
      about: name,
      make: (hand) => hand.ask('POST', `${there(name)}/changevisibility`, { visibility: other }),
      back: [`make ${name} ${visibility}`],
    },
    ...(description === undefined
      ? []
      : [
          {
            kind: 'repository described otherwise',
            about: name,
            make: (hand) => hand.ask('PUT', there(name), { description: 'by hand' }),
            back: [`change the description of ${name}`],
          } satisfies HandChange,
        ]),
  ];
}

function ofPermissions({ name: repository, permissions = [], mirror }: Repository): HandChange[] {
  return permissions.flatMap(({ kind, name, role }): HandChange[] => {
    const who = kind === 'team' ? `team/${name}` : `user/${path(kind === 'robot' ? full(name) : name)}`;
    const at = `${there(repository)}/permissions/${who}`;
    const about = `${repository} ${kind} ${name}`;
    return [
      {
        kind: `permission of a ${kind} deleted`,
        about,
        make: (hand) => hand.ask('DELETE', at),
        back: [`give ${kind} ${name} ${role} on ${repository}`],
      },
      ...others(roles, role)
        // Quay itself gives the robot of a mirror write, whatever is stated.
        .filter(() => !(mirror?.robot === name && kind === 'robot' && role === 'read'))
        .map((other): HandChange => ({
          kind: `permission of a ${kind} ${roles.indexOf(other) > roles.indexOf(role) ? 'raised' : 'lowered'}`,
          about,
          make: (hand) => hand.ask('PUT', at, { role: other }),
          back: [`give ${kind} ${name} ${role}, was ${other}, on ${repository}`],
        })),
    ];
  });
}

function ofMirror({ name, mirror }: Repository): HandChange[] {
  if (mirror === undefined) return [];
  const { externalReference, enabled, verifyTLS, unsignedImages, timeoutSeconds, architectures, proxy, username } =
    mirror;
  const rule = { rule_kind: 'tag_glob_csv', rule_value: ['by-hand'] };
  const put = (field: string, body: object): HandChange => ({
    kind: `${field} of a mirror changed`,
    about: name,
    make: (hand) => hand.ask('PUT', `${there(name)}/mirror`, body),
    back: [`change ${field} of the mirror ${name}`],
  });
  const config = (field: string, change: object): HandChange => put(field, { external_registry_config: change });
  return [
    put('externalReference', { external_reference: `${externalReference}/by-hand` }),
    {
      ...put('tags', { root_rule: rule }),
      // After a creation that was refused, a change goes to the rule that was left behind.
      mayBeRefused: true,
      make: async (hand) => {
        await hand.ask('PUT', `${there(name)}/mirror`, { root_rule: rule });
        const { root_rule: kept } = (await hand.ask('GET', `${there(name)}/mirror`)) as { root_rule: object };
        if (JSON.stringify(kept) !== JSON.stringify(rule)) throw new Error('Quay changed another rule');
      },
    },
    put('interval', { sync_interval: 77 }),
    {
      ...put('enabled', {}),
      make: async (hand) => {
        await hand.ask('PUT', `${there(name)}/mirror`, { is_enabled: !enabled });
        // Its own switch is not enough to make it run.
        if (!enabled) await hand.ask('PUT', `${there(name)}/changestate`, { state: 'MIRROR' });
      },
    },
    put('timeoutSeconds', { skopeo_timeout_interval: timeoutSeconds + 1 }),
    config('verifyTLS', { verify_tls: !verifyTLS }),
    config('unsignedImages', { unsigned_images: !unsignedImages }),
    ...(architectures === undefined ? [] : [put('architectures', { architecture_filter: ['s390x'] })]),
    ...(proxy?.httpProxy === undefined
      ? []
      : [config('proxy', { proxy: { http_proxy: 'http://by-hand.example.com', no_proxy: proxy.noProxy ?? null } })]),
    ...(username === undefined ? [] : [put('username', { external_registry_username: 'by-hand' })]),
    ...(enabled
      ? [
          {
            kind: 'mirrored repository made writable',
            about: name,
            make: (hand) => hand.ask('PUT', `${there(name)}/changestate`, { state: 'NORMAL' }),
            back: [`change enabled of the mirror ${name}`],
          } satisfies HandChange,
        ]
      : []),
  ];
}

interface Notification {
  readonly uuid: string;
  readonly title: string | null;
}

function ofNotifications({ name, notifications = [] }: Repository): HandChange[] {
  const list = `${there(name)}/notification/`;
  return notifications.map(({ title, method, event }) => ({
    kind: 'notification deleted',
    about: `${name} ${title}`,
    make: async (hand) => {
      const { uuid } = await findIn<Notification>(hand, list, 'notifications', (one) => one.title === title);
      await hand.ask('DELETE', `${list}${uuid}`);
    },
    back: [`notify ${method} of ${event} in ${name} (${title})`],
  }));
}
