import { fieldManager, type NamespaceRecord, organizationFinalizer, predecessorFinalizers } from '../api/index.js';
import { type Fields, type PatchStep } from '../json/index.js';
import {
  failure,
  type KubeClient,
  listAll,
  listPath,
  namespaceRecord,
  patchGuarded,
  removeFinalizers,
  resourceName,
  type ResourceType,
  resourceTypes,
} from '../kube/index.js';
import { removePredecessorFinalizers } from '../predecessors/index.js';
import { type Work } from './work.js';

/** The organizations whose finalizer only the operator would remove. */
export async function heldOrganizations(client: KubeClient): Promise<readonly Work[]> {
  const type = resourceTypes.quayOrganization;
  return (await carrying(client, type, [organizationFinalizer])).map(({ name, finalizers }) => ({
    kind: type.kind,
    name,
    finalizers,
    make: async () => {
      const steps = (live: Fields): readonly PatchStep[] => removeFinalizers(live, finalizers);
      return outcomeOf(await patchGuarded(client, { type, named: { name }, manager: fieldManager, steps }));
    },
  }));
}

/** The namespaces whose finalizer nobody would remove any more. */
export async function heldNamespaces(client: KubeClient): Promise<readonly Work[]> {
  const type = resourceTypes.namespace;
  return (await carrying(client, type, predecessorFinalizers)).map((namespace) => ({
    kind: type.kind,
    name: namespace.name,
    finalizers: namespace.finalizers,
    make: async () => outcomeOf(await removePredecessorFinalizers(client, namespace)),
  }));
}

/** All objects of a kind that carry one of these finalizers, with nothing but those. */
async function carrying(
  client: KubeClient,
  type: ResourceType,
  unwanted: readonly string[],
): Promise<readonly NamespaceRecord[]> {
  const request = { resource: resourceName(type), path: listPath(type), light: true, keep: namespaceRecord };
  const listed = await listAll(client.call, request);
  if ('items' in listed) {
    return listed.items.flatMap((record) => {
      const finalizers = record.finalizers.filter((one) => unwanted.includes(one));
      return finalizers.length === 0 ? [] : [{ ...record, finalizers }];
    });
  }
  // Without its CRD every object of the kind is gone.
  if (listed.answer.status === 404) return [];
  throw failure(listed.call, listed.answer);
}

function outcomeOf(outcome: 'Changed' | 'Unchanged' | 'Gone'): 'Done' | 'Gone' {
  return outcome === 'Changed' ? 'Done' : 'Gone';
}
