import { type Condition, type NamespaceRecord, type QuayIntegration } from '../api/index.js';
import { type IntegrationFacts } from '../builds/index.js';
import { ignores, listSelection, selection } from '../desired/index.js';
import { toError } from '../errors/index.js';
import { type Claimant } from '../integration/index.js';
import { type Fields } from '../kube/fields.js';
import { integrationsOf } from '../kube/integrations.js';
import { clusterId, organizationName, quayAddress } from '../names/index.js';

/** What the webhook keeps of an integration. */
export interface IntegrationRecord extends Claimant {
  readonly facts: IntegrationFacts;
  /** Whether it may select a namespace of which no more than the name is known. */
  readonly maySelect: (namespace: string) => boolean;
}

/** Reads an integration of either version; one that cannot be read throws. */
export function integrationRecord(object: Fields): IntegrationRecord {
  const [integration] = integrationsOf([{ object }]);
  if (integration === undefined) throw new Error('there is no integration');
  const judge = selection(integration.spec);
  const judgeName = listSelection(integration.spec);
  return {
    integration,
    selects: (namespace: NamespaceRecord) => judge(namespace).selected && !isIgnored(integration, namespace.name),
    maySelect: (namespace) => judgeName(namespace).selected,
    facts: factsOf(integration),
  };
}

/** What people want left alone is treated like a namespace that nobody selects: its builds go where they went before. */
function isIgnored({ spec, status }: QuayIntegration, namespace: string): boolean {
  if (status?.ignored === undefined) return false;
  try {
    return ignores(status.ignored, namespace, organizationName(clusterId(spec.clusterID), namespace));
  } catch {
    // A cluster ID that cannot be used is told of elsewhere; no organization has such a name.
    return ignores(status.ignored, namespace, '');
  }
}

function factsOf({ metadata, spec, status }: QuayIntegration): IntegrationFacts {
  const is = (type: string): Condition | undefined =>
    status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
  const stalled = is('Stalled');
  return {
    name: metadata.name,
    suspended: spec.suspend,
    ready: is('Ready') !== undefined,
    registry: registryOf(spec.quayHostname),
    ...(stalled !== undefined && { stalled: stalled.message === '' ? stalled.reason : stalled.message }),
  };
}

function registryOf(hostname: string): IntegrationFacts['registry'] {
  try {
    return { host: quayAddress(hostname).host };
  } catch (error) {
    return { fault: toError(error).message };
  }
}
