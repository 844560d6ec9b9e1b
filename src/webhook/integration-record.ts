import { type Condition, type NamespaceRecord, type QuayIntegration } from '../api/index.js';
import { type IntegrationFacts, type OrganizationFacts, type RobotFacts } from '../builds/index.js';
import {
  accountRoles,
  type AccountRole,
  ignores,
  listSelection,
  robotsFor,
  roleOfOthers,
  selection,
} from '../desired/index.js';
import { toError } from '../errors/index.js';
import { type NamespaceSelector } from '../integration/index.js';
import { type Fields } from '../json/index.js';
import { integrationsOf } from '../kube/index.js';
import { type ClusterId, clusterId, organizationName, quayAddress } from '../names/index.js';

/** What the webhook keeps of an integration. */
export interface IntegrationRecord extends NamespaceSelector {
  readonly facts: IntegrationFacts;
  /** Whether it may select a namespace of which no more than the name is known. */
  readonly maySelect: (namespace: string) => boolean;
  /** Whether it takes the namespace's labels to tell. */
  readonly needsLabels: boolean;
  /** The organization that a namespace is going to get; undefined where its cluster ID is none. */
  readonly expected: (namespace: string) => OrganizationFacts | undefined;
  /** The robot that any service account is going to get; absent where only those that are named get one. */
  readonly robotToCome?: NonNullable<OrganizationFacts['robotToCome']>;
}

/** Reads an integration of either version; one that cannot be read throws. */
export function integrationRecord(object: Fields): IntegrationRecord {
  const [integration] = integrationsOf([{ object }]);
  if (integration === undefined) throw new Error('there is no integration');
  const select = selection(integration.spec);
  const selectByName = listSelection(integration.spec);
  return {
    integration,
    selects: (namespace: NamespaceRecord) => select(namespace).selected && !isIgnored(integration, namespace.name),
    maySelect: (namespace) => selectByName(namespace).selected && !isIgnored(integration, namespace),
    needsLabels: integration.spec.namespaceSelector !== undefined,
    ...expectation(integration),
    facts: factsOf(integration),
  };
}

/** What ignore.yaml lists is treated like a namespace that no integration selects: its builds are not rewritten. */
function isIgnored({ spec, status }: QuayIntegration, namespace: string): boolean {
  if (status?.ignored === undefined) return false;
  try {
    return ignores(status.ignored, namespace, organizationName(clusterId(spec.clusterID), namespace));
  } catch {
    // The operator reports an invalid cluster ID; no organization has such a name.
    return ignores(status.ignored, namespace, '');
  }
}

function factsOf({ metadata, spec, status }: QuayIntegration): IntegrationFacts {
  const is = (type: string): Condition | undefined =>
    status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
  const fault = is('Stalled') ?? status?.conditions?.find(({ type, status }) => type === 'Ready' && status !== 'True');
  return {
    name: metadata.name,
    suspended: spec.suspend,
    ready: is('Ready') !== undefined,
    registry: registryOf(spec.quayHostname),
    // What only adds does not wait for anybody under `Destructive`.
    unreviewed: spec.git.review !== 'All',
    ...(spec.imageStreamSelector !== undefined && { selectsStreams: true }),
    ...(fault !== undefined && { fault: fault.message === '' ? fault.reason : fault.message }),
  };
}

function registryOf(hostname: string): IntegrationFacts['registry'] {
  try {
    return { host: quayAddress(hostname).host };
  } catch (error) {
    return { fault: toError(error).message };
  }
}

/** Names and roles follow from the integration alone, so they are known before anything is made. */
function expectation({ spec }: QuayIntegration): Pick<IntegrationRecord, 'expected' | 'robotToCome'> {
  let id: ClusterId;
  try {
    id = clusterId(spec.clusterID);
  } catch {
    return { expected: () => undefined };
  }
  // There are Builds, or nobody would ask.
  const robots = new Map(accountRoles(spec, true).flatMap((account) => robotsToCome(account, id)));
  const role = roleOfOthers(spec);
  const robotToCome = (name: string): RobotFacts => {
    const [[, robot] = []] = robotsToCome({ name, role: role ?? 'read' }, id);
    if (robot === undefined) throw new TypeError('a service account gives a robot');
    return robot;
  };
  const more = role === undefined ? {} : { robotToCome };
  return {
    expected: (namespace) => ({
      name: organizationName(id, namespace),
      declared: false,
      exists: false,
      robots,
      ...more,
    }),
    ...more,
  };
}

function robotsToCome(account: AccountRole, id: ClusterId): readonly (readonly [string, RobotFacts])[] {
  return robotsFor([account], id).flatMap(({ name, role, pullSecret }) => {
    if (pullSecret === undefined) return [];
    const canPush = role === 'write' || role === 'admin';
    const { name: secret, serviceAccount } = pullSecret;
    return [[serviceAccount, { name, secret, canPush, ready: false, linked: false }] as const];
  });
}
