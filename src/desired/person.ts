import {
  type Listing,
  type NamespaceRecord,
  type QuayIntegration,
  type QuayOrganization,
  type Reason,
} from '../api/index.js';
import { type Problem } from '../errors/index.js';
import { selection } from './selection.js';

/** What a person's document is held against. */
export interface PersonContext {
  /** By name. */
  readonly integrations: ReadonlyMap<string, QuayIntegration>;
  readonly namespaces: Listing<NamespaceRecord>;
}

/** A fault of a person's document. */
export interface PersonProblem extends Problem {
  readonly reason: Reason;
}

/** Why a person's document, which fits the schema, is not applied; nothing when it can be. What is unknown is not a fault. */
export function personProblems(document: QuayOrganization, context: PersonContext, source?: string): PersonProblem[] {
  const { spec } = document;
  const integration = context.integrations.get(spec.integration);
  const faults =
    integration === undefined
      ? [
          fault(
            'IntegrationGone',
            'spec.integration',
            `there is no QuayIntegration ${spec.integration}`,
            known(context),
          ),
        ]
      : [...namespaceFaults(spec.namespace, integration, context.namespaces), ...pullSecretFaults(document)];
  return source === undefined ? faults : faults.map((each) => ({ ...each, source }));
}

function namespaceFaults(
  namespace: string | undefined,
  integration: QuayIntegration,
  namespaces: Listing<NamespaceRecord>,
): PersonProblem[] {
  if (namespace === undefined || !namespaces.known) return [];
  const record = namespaces.items.find(({ name }) => name === namespace);
  // Gone is no fault of the document: its object says so and waits.
  if (record === undefined) return [];
  const verdict = selection(integration.spec)(record);
  if (verdict.selected) return [];
  const message = `the integration ${integration.metadata.name} does not select ${namespace}: it ${verdict.message}`;
  return [fault('NamespaceNotSelected', 'spec.namespace', message)];
}

function pullSecretFaults({ spec }: QuayOrganization): PersonProblem[] {
  if (spec.namespace !== undefined) return [];
  return spec.robots.flatMap((robot, index) =>
    robot.pullSecret === undefined
      ? []
      : [
          fault(
            'InvalidInput',
            `spec.robots[${index}].pullSecret`,
            'has no namespace to go to',
            'state spec.namespace',
          ),
        ],
  );
}

function known({ integrations }: PersonContext): string | undefined {
  return integrations.size === 0 ? undefined : `known: ${[...integrations.keys()].sort().join(', ')}`;
}

function fault(reason: Reason, path: string, message: string, hint?: string): PersonProblem {
  return { reason, path, message, ...(hint !== undefined && { hint }) };
}
