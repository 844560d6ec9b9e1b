import { type NamespaceRecord } from '../api/index.js';
import { type Situation } from '../builds/index.js';
import { objectOf, ownerOf } from '../integration/index.js';
import { type Fields } from '../json/index.js';
import {
  createGrouped,
  createOptionalWatch,
  type HandlerFault,
  type KubeClient,
  listPath,
  type OptionalWatch,
  resourceName,
  type ResourceType,
  resourceTypes,
  type Restart,
} from '../kube/index.js';
import { integrationRecord, type IntegrationRecord } from './integration-record.js';
import { namespaceOfName, namespaceState } from './namespace-state.js';
import { type OrganizationRecord, organizationRecord } from './organization-record.js';

/** What the webhook knows of the cluster, kept up to date; no review asks the API server. */
export interface ClusterState {
  readonly situation: (namespace: string) => Situation;
  /** Calls when something has changed: in one namespace, or without one in all. */
  readonly onChange: (handler: (namespace?: string) => void) => void;
  /** Why it is not known yet what there is. */
  readonly unknown: () => string | undefined;
  /** Resource → seconds since the API server was last heard. */
  readonly ages: () => ReadonlyMap<string, number>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

export interface ClusterStateOptions {
  readonly onRestart?: (restart: Restart) => void;
  readonly onFault?: (fault: HandlerFault) => void;
}

/** Follows integrations of both versions, organizations and namespaces. */
export function createClusterState(
  client: KubeClient,
  { onRestart = () => undefined, onFault = () => undefined }: ClusterStateOptions = {},
): ClusterState {
  // A kind that the cluster does not have is known to be empty; nothing is asked but the lists that the webhook may read.
  const options = { onRestart, onFault, absence: { shownBy: 'Watch' } } as const;
  const watch = <T>(type: ResourceType, keep: (object: Fields) => T, light = false): OptionalWatch<T> =>
    createOptionalWatch(client, { resource: resourceName(type), path: listPath(type), light, keep }, options);
  const current = watch(resourceTypes.quayIntegration, integrationRecord);
  const predecessors = watch(resourceTypes.predecessorIntegration, integrationRecord);
  const organizations = watch(resourceTypes.quayOrganization, organizationRecord);
  const namespaces = watch(resourceTypes.namespace, namespaceState, true);
  const all: readonly OptionalWatch<unknown>[] = [current, predecessors, organizations, namespaces];
  const byNamespace = createGrouped();
  let integrations: readonly IntegrationRecord[] | undefined;
  let announce: (namespace?: string) => void = () => undefined;

  for (const watched of [current, predecessors]) {
    watched.subscribe(() => {
      integrations = undefined;
      announce();
    });
  }
  organizations.subscribe((key) => {
    const now = organizations.get(key)?.namespace;
    const before = byNamespace.note(key, now);
    for (const name of new Set([before, now])) if (name !== undefined) announce(name);
  });
  namespaces.subscribe((key) => announce(key));

  const objectsOf = (namespace: string): readonly OrganizationRecord[] =>
    byNamespace.of(namespace).flatMap((key) => organizations.get(key) ?? []);
  const unknown = (): string | undefined => {
    for (const watched of all) {
      // What was heard once counts until something else is heard.
      const reason = watched.synced() ? undefined : watched.fault();
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  return {
    situation: (namespace) => {
      const reason = unknown();
      if (reason !== undefined) return { unknown: reason };
      integrations ??= present(current, predecessors);
      return situationOf(namespace, integrations, namespaces.get(namespace), objectsOf(namespace));
    },
    onChange: (handler) => (announce = handler),
    unknown,
    ages: () => new Map(all.flatMap(({ resource, age }) => (age() === undefined ? [] : [[resource, age() ?? 0]]))),
    start: () => all.forEach((watched) => watched.start()),
    stop: async () => void (await Promise.all(all.map((watched) => watched.stop()))),
  };
}

/** A v1 object supersedes the predecessor's of its name. */
function present(
  current: OptionalWatch<IntegrationRecord>,
  predecessors: OptionalWatch<IntegrationRecord>,
): readonly IntegrationRecord[] {
  const superseding = new Set(current.keys());
  return [...current.list(), ...predecessors.list().filter(({ facts: { name } }) => !superseding.has(name))];
}

function situationOf(
  name: string,
  integrations: readonly IntegrationRecord[],
  seen: NamespaceRecord | undefined,
  organizations: readonly OrganizationRecord[],
): Situation {
  if (seen === undefined && integrations.some(({ maySelect, needsLabels }) => needsLabels && maySelect(name))) {
    // Its event is on the way; what its name alone decides need not wait for it.
    return { unknown: `namespace "${name}" has not been seen yet` };
  }
  const owner = ownerOf(seen ?? namespaceOfName(name), integrations, organizations);
  const integration = integrations.find(({ facts }) => facts.name === owner);
  if (owner === undefined || integration === undefined) return {};
  const expected = integration.expected(name);
  const declared = expected && objectOf(organizations, owner, expected.name)?.facts;
  const { robotToCome } = integration;
  const organization = declared === undefined ? expected : { ...declared, ...(robotToCome && { robotToCome }) };
  return { integration: integration.facts, ...(organization && { organization }) };
}
