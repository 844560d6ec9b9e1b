import { type ClusterSnapshot, isWhole, type QuayIntegrationSpec } from '../api/index.js';
import { clusterId, quayAddress, statePaths } from '../names/index.js';
import { accountRoles, namespaceRobots, roleOfOthers } from './matrix.js';
import { byNamespace } from './order.js';
import { dropped, preserved, outcomeOf, type Outcome, type Prepared } from './outcome.js';
import { overlaysForNobody } from './overlays-for-nobody.js';
import {
  type LeftOut,
  type RenderedDocument,
  type RenderInput,
  type Rendering,
  type RenderProblem,
} from './rendered.js';
import { selection } from './selection.js';
import { repositoryStreams } from './streams.js';
import { refused } from './selection-decision.js';

/**
 * Cluster, integration and overlays → the documents that the state repository should hold. The order of the input does not
 * matter; input that is unknown takes nothing away.
 */
export function render(input: RenderInput): Rendering {
  const prepared = prepare(input);
  const documents: RenderedDocument[] = [];
  const leftOut: LeftOut[] = [];
  const removed: LeftOut[] = [];
  const problems: RenderProblem[] = [];
  for (const [namespace, outcome] of outcomes(prepared)) {
    const previous = input.previous.get(namespace);
    if (outcome.type !== 'dropped') problems.push(...outcome.problems);
    if (outcome.type === 'written') {
      documents.push({ namespace, path: prepared.paths.organization(namespace), organization: outcome.organization });
      continue;
    }
    const { reason, message } = outcome.why;
    leftOut.push({ namespace, reason, message });
    if (previous === undefined || reason === 'UserManaged') continue;
    if (outcome.type === 'dropped') removed.push({ namespace, reason, message });
    else
      documents.push({ namespace, path: prepared.paths.organization(namespace), organization: previous, kept: true });
  }
  return {
    documents: byNamespace(documents),
    leftOut: byNamespace(leftOut),
    problems: byNamespace([...problems, ...overlaysForNobody(prepared, leftOut)]),
    unknown: [...unknownInputs(input.cluster, input.integration.spec), ...(input.unread?.folders ?? [])],
    removed: byNamespace(removed),
  };
}

function prepare(input: RenderInput): Prepared {
  const { cluster, integration } = input;
  const id = clusterId(integration.spec.clusterID);
  const robots = namespaceRobots(id, {
    named: accountRoles(integration.spec, cluster.hasBuildApis),
    others: roleOfOthers(integration.spec),
    accounts: cluster.serviceAccounts,
    previous: input.previous,
  });
  return {
    input,
    derivation: {
      id,
      integration,
      robots: (namespace) => robots(namespace).robots,
      host: hostOf(integration),
    },
    paths: statePaths(id, integration.spec.git.path),
    select: selection(integration.spec),
    streams: repositoryStreams(cluster.imageStreams, input.previous, integration.spec.imageStreamSelector),
    leftOutAccounts: (namespace) => robots(namespace).leftOut,
    growOnly: unknownInputs(cluster, integration.spec).length > 0,
  };
}

/** A host that cannot be used is told where it is used. */
function hostOf({ spec }: RenderInput['integration']): string {
  try {
    return quayAddress(spec.quayHostname).host;
  } catch {
    return '';
  }
}

/** What becomes of every namespace that was seen, and of every document whose namespace was not. */
function outcomes(prepared: Prepared): ReadonlyMap<string, Outcome> {
  const { cluster, previous } = prepared.input;
  const found = new Map<string, Outcome>();
  if (cluster.namespaces.known) {
    for (const record of cluster.namespaces.items) found.set(record.name, outcomeOf(prepared, record));
  }
  const unseen = isWhole(cluster.namespaces)
    ? dropped(prepared, refused('NamespaceGone', 'is no longer there'))
    : ({ type: 'kept', why: refused('InputUnknown', 'could not be read'), problems: [] } as const);
  for (const namespace of previous.keys()) {
    if (found.has(namespace)) continue;
    const preservation = preserved(prepared, namespace);
    found.set(namespace, preservation.selected ? unseen : { type: 'kept', why: preservation, problems: [] });
  }
  return found;
}

/** What of a cluster could not be read, in words: while there is any, documents only grow. */
export function unknownInputs(
  { namespaces, imageStreams, serviceAccounts, hasBuildApis }: ClusterSnapshot,
  spec: Pick<QuayIntegrationSpec, 'serviceAccounts'>,
): string[] {
  const lacksAccounts = roleOfOthers(spec) !== undefined && serviceAccounts?.known !== true;
  const accounts = serviceAccounts?.known === false ? serviceAccounts.reason : 'were not read';
  return [
    ...(lacksAccounts ? [`service accounts: ${accounts}`] : []),
    ...(namespaces.known ? [] : [`namespaces: ${namespaces.reason}`]),
    ...(namespaces.known && namespaces.incomplete !== undefined ? [`all namespaces: ${namespaces.incomplete}`] : []),
    ...(imageStreams.known ? [] : [`image streams: ${imageStreams.reason}`]),
    ...(hasBuildApis === undefined ? ['whether the cluster has the Build and ImageStream APIs'] : []),
  ];
}
