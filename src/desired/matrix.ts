import {
  type Listing,
  type QuayIntegrationSpec,
  type QuayOrganization,
  type RepositoryRole,
  type Robot,
  type ServiceAccountRecord,
} from '../api/index.js';
import { limits } from '../limits/index.js';
import { robotName, secretName, type ClusterId } from '../names/index.js';
import { byName } from './order.js';

/** A service account that gets a robot, and what the robot may do. */
export interface AccountRole {
  readonly name: string;
  readonly role: RepositoryRole;
}

type Accounts = Pick<QuayIntegrationSpec, 'serviceAccounts'>;

const withBuilds: readonly AccountRole[] = [
  { name: 'builder', role: 'write' },
  { name: 'default', role: 'read' },
  { name: 'deployer', role: 'read' },
];
const withoutBuilds: readonly AccountRole[] = [{ name: 'default', role: 'read' }];
/** Stands for all service accounts of a namespace that are not named. */
const others = '*';

/**
 * Which service accounts get a robot: those the integration names, else OpenShift's three, else `default` alone where
 * nothing builds. Where that is unknown, OpenShift's three: a robot too many does no harm, a missing one does.
 */
export function accountRoles({ serviceAccounts }: Accounts, hasBuildApis: boolean | undefined): readonly AccountRole[] {
  const named = serviceAccounts?.filter(({ name }) => name !== others);
  return named ?? (hasBuildApis === false ? withoutBuilds : withBuilds);
}

/** What the robots of all other service accounts may do; undefined where those get none. */
export function roleOfOthers({ serviceAccounts }: Accounts): RepositoryRole | undefined {
  return serviceAccounts?.find(({ name }) => name === others)?.role;
}

/** The robots of an organization, with the pull secrets that carry their tokens. */
export function robotsFor(accounts: readonly AccountRole[], id: ClusterId): Robot[] {
  return byName(
    accounts.map(({ name, role }) => ({
      name: robotName(name),
      role,
      pullSecret: { name: secretName(name, id), serviceAccount: name },
    })),
  );
}

/** The robots of a namespace, and how many of its service accounts have none, since there are too many. */
export interface NamespaceRobots {
  readonly robots: readonly Robot[];
  readonly leftOut: number;
}

/** What the robots of all namespaces follow from. */
export interface RobotInput {
  readonly named: readonly AccountRole[];
  readonly others: RepositoryRole | undefined;
  readonly accounts: Listing<ServiceAccountRecord> | undefined;
  readonly previous: ReadonlyMap<string, QuayOrganization>;
}

/**
 * The robots of each namespace. Where its service accounts are not known, those that its document has a robot for keep it, and
 * nothing can be added.
 */
export function namespaceRobots(id: ClusterId, input: RobotInput): (namespace: string) => NamespaceRobots {
  const { named, others: role, accounts, previous } = input;
  if (role === undefined) {
    const same = { robots: robotsFor(named, id), leftOut: 0 };
    return () => same;
  }
  const isNamed = new Set(named.map(({ name }) => name));
  const known = accounts?.known === true ? grouped(accounts.items) : undefined;
  const before = (namespace: string): readonly string[] =>
    (previous.get(namespace)?.spec.robots ?? []).flatMap(({ pullSecret }) => pullSecret?.serviceAccount ?? []);
  return (namespace) => {
    const found = (known === undefined ? before(namespace) : (known.get(namespace) ?? [])).filter(
      (name) => !isNamed.has(name),
    );
    const had = new Set(before(namespace));
    const all = [...new Set(found)].sort();
    // A new one takes nobody's robot away.
    const ordered = [...all.filter((name) => had.has(name)), ...all.filter((name) => !had.has(name))];
    const taken = ordered.slice(0, limits.serviceAccounts);
    return {
      robots: robotsFor([...named, ...taken.map((name) => ({ name, role }))], id),
      leftOut: all.length - taken.length,
    };
  };
}

function grouped(accounts: readonly ServiceAccountRecord[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { namespace, name } of accounts) {
    const names = found.get(namespace);
    if (names === undefined) found.set(namespace, [name]);
    else names.push(name);
  }
  return found;
}
