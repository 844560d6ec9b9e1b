import { type NamespaceRecord, type QuayIntegration, type QuayOrganization, type Reason } from '../api/index.js';
import { type Problem, QuaysideError } from '../errors/index.js';
import { clusterId } from '../names/index.js';
import { selection } from './selection.js';
import { wrongNames } from './stated-names.js';

/** What a document is held against. */
export interface DocumentContext {
  /** By name. */
  readonly integrations: ReadonlyMap<string, QuayIntegration>;
  /** Undefined for a namespace that is not there, and for one of which nothing is known. */
  readonly namespace: (name: string) => NamespaceRecord | undefined;
}

/** A fault of a document. */
export interface DocumentProblem extends Problem {
  readonly reason: Reason;
}

/**
 * Why a document, which fits the schema, is not applied; nothing when it can be. Whoever wrote it: a label says who may
 * take it away, and nothing else. What is unknown is not a fault.
 */
export function documentProblems(
  document: QuayOrganization,
  context: DocumentContext,
  source?: string,
): DocumentProblem[] {
  const { spec } = document;
  const integration = context.integrations.get(spec.integration);
  const faults =
    integration === undefined ? [noIntegration(spec.integration, context)] : faultsIn(document, integration, context);
  return source === undefined ? faults : faults.map((each) => ({ ...each, source }));
}

function faultsIn(
  document: QuayOrganization,
  integration: QuayIntegration,
  context: DocumentContext,
): DocumentProblem[] {
  const unselected = namespaceFaults(document.spec.namespace, integration, context);
  return unselected.length > 0 ? unselected : [...pullSecretFaults(document), ...nameFaults(document, integration)];
}

function noIntegration(name: string, context: DocumentContext): DocumentProblem {
  return fault('IntegrationGone', 'spec.integration', `there is no QuayIntegration ${name}`, known(context));
}

function namespaceFaults(
  namespace: string | undefined,
  integration: QuayIntegration,
  context: DocumentContext,
): DocumentProblem[] {
  const record = namespace === undefined ? undefined : context.namespace(namespace);
  // Gone is no fault of the document: its object says so and waits.
  if (record === undefined) return [];
  const decision = selection(integration.spec)(record);
  if (decision.selected) return [];
  const message = `the integration ${integration.metadata.name} does not select ${namespace}: it ${decision.message}`;
  return [fault('NamespaceNotSelected', 'spec.namespace', message)];
}

function nameFaults(document: QuayOrganization, { spec }: QuayIntegration): DocumentProblem[] {
  try {
    const wrong = wrongNames(document, clusterId(spec.clusterID));
    return wrong.map(({ path, message, hint }) => fault('DocumentInvalid', path, message, hint));
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    return [fault('InvalidClusterID', 'spec.integration', error.message)];
  }
}

function pullSecretFaults({ spec }: QuayOrganization): DocumentProblem[] {
  if (spec.namespace !== undefined) return [];
  return spec.robots.flatMap((robot, index) =>
    robot.pullSecret === undefined
      ? []
      : [fault('InvalidInput', `spec.robots[${index}].pullSecret`, 'has no namespace to go to', 'set spec.namespace')],
  );
}

function known({ integrations }: DocumentContext): string | undefined {
  return integrations.size === 0 ? undefined : `known: ${[...integrations.keys()].sort().join(', ')}`;
}

function fault(reason: Reason, path: string, message: string, hint?: string): DocumentProblem {
  return { reason, path, message, ...(hint !== undefined && { hint }) };
}
