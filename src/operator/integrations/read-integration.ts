import { parseIntegration, type QuayIntegration } from '../../api/index.js';
import { type Failure, failureOf } from '../../converge/index.js';
import { type Fields } from '../../json/index.js';
import { markConverted, resourceTypes, type ResourceType } from '../../kube/index.js';
import { clusterId, type ClusterId, quayAddress } from '../../names/index.js';
import { type Watches } from '../watches/watches.js';

/** What the cluster has under the name of an integration. */
export interface FoundIntegration {
  readonly type: ResourceType;
  readonly raw: Fields;
  /** The predecessor's object that the v1 object of the same name stands in front of. */
  readonly superseded?: Fields;
}

/** What an object says, once it is known to be right. */
export interface ReadIntegration {
  readonly integration: QuayIntegration;
  readonly id: ClusterId;
  readonly host: string;
}

/** The object of that name, a v1 one before the predecessor's; undefined when there is none. */
export function findIntegration(
  { integrations, predecessorIntegrations }: Pick<Watches, 'integrations' | 'predecessorIntegrations'>,
  name: string,
): FoundIntegration | undefined {
  const raw = integrations.get(name);
  const old = predecessorIntegrations.get(name);
  if (raw !== undefined) {
    return { type: resourceTypes.quayIntegration, raw, ...(old !== undefined && { superseded: old }) };
  }
  return old === undefined ? undefined : { type: resourceTypes.predecessorIntegration, raw: old };
}

/** Reads the object, or says what is wrong with it. */
export function readIntegration({ raw, type }: FoundIntegration): ReadIntegration | { readonly failure: Failure } {
  try {
    const { apiVersion, kind } = type;
    // Another version may have written fields into the status that this one does not know.
    const { status: _, ...withoutStatus } = raw;
    const object: Fields = { ...withoutStatus, apiVersion, kind };
    const integration = markConverted(parseIntegration(object), object);
    const { host } = quayAddress(integration.spec.quayHostname);
    return { integration, id: clusterId(integration.spec.clusterID), host };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
