import { type Condition, type QuayIntegration } from '../api/index.js';
import { type AwaitingBuild, type Outlook, outlook, type OutlookFacts } from '../builds/index.js';
import { accountRoles, robotsFor, roleOfOthers } from '../desired/index.js';
import { objectOf } from '../integration/index.js';
import { clusterId, organizationName, quayAddress } from '../names/index.js';
import { type Integrations } from './integrations/integrations.js';
import { namespaceOwner } from './namespace-owner.js';
import { type Operator } from './operator.js';
import { type LiveOrganization } from './watches/live-organization.js';

type Known = Pick<Integrations, 'readable' | 'areAllReadable' | 'status'>;

/** Whether the push secret that a Build waits for will come. */
export function outlookOf({ watches }: Pick<Operator, 'watches'>, integrations: Known, build: AwaitingBuild): Outlook {
  // What goes with its namespace needs nothing any more; and whom nobody can read may have it.
  if (watches.namespaces.cache.get(build.namespace) === undefined) return { state: 'Unknown' };
  if (!integrations.areAllReadable()) return { state: 'Unknown' };
  const owner = namespaceOwner(watches, integrations, build.namespace);
  if (owner === undefined) return outlook(build, undefined);
  const objects = watches.organizations.list().filter(({ namespace }) => namespace === build.namespace);
  const facts = factsOf(build, owner, objects);
  if (facts === undefined) return { state: 'Unknown' };
  const ready = readyOf(integrations.status(owner.metadata.name)?.conditions);
  return outlook(build, { ...facts, ...(ready?.status === 'False' && { fault: ready.message }) });
}

function factsOf(
  { namespace, awaited }: AwaitingBuild,
  { metadata, spec }: QuayIntegration,
  objects: readonly LiveOrganization[],
): OutlookFacts | undefined {
  try {
    const id = clusterId(spec.clusterID);
    const { host } = quayAddress(spec.quayHostname);
    const organization = organizationName(id, namespace);
    const live = objectOf(objects, metadata.name, organization);
    const account = awaited.serviceAccount;
    const role = roleOfOthers(spec);
    const toCome = role === undefined ? [] : robotsFor([{ name: account, role }], id);
    const robot = robotOf(live ?? robotsFor(accountRoles(spec, true), id), account) ?? robotOf(toCome, account);
    const ready = readyOf(live?.status.conditions);
    return {
      integration: metadata.name,
      suspended: spec.suspend,
      place: `${host}/${organization}/`,
      ...(robot !== undefined && { robot }),
      ...(ready?.status === 'False' && { organization: ready }),
    };
  } catch {
    // An integration that cannot be used for its names is told of elsewhere, and may be mended.
    return undefined;
  }
}

interface StatedRobot {
  readonly name?: string;
  readonly role?: string | undefined;
  readonly pullSecret?: { readonly name: string; readonly serviceAccount: string } | undefined;
}

function robotOf(of: LiveOrganization | readonly StatedRobot[], account: string): OutlookFacts['robot'] {
  const [declared, states] = 'spec' in of ? [of.spec.robots, of.status.robots] : [of, undefined];
  const robots = (Array.isArray(declared) ? declared : []) as readonly StatedRobot[];
  const robot = robots.find(({ pullSecret }) => pullSecret?.serviceAccount === account);
  if (robot?.pullSecret === undefined) return undefined;
  const ready = states?.some(({ name, ready }) => name === robot.name && ready) === true;
  return { secret: robot.pullSecret.name, canPush: robot.role === 'write' || robot.role === 'admin', ready };
}

function readyOf(conditions: readonly Condition[] | undefined): Condition | undefined {
  return conditions?.find(({ type }) => type === 'Ready');
}
