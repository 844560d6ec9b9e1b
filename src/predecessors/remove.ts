import { fieldManager, type NamespaceRecord, predecessorFinalizers } from '../api/index.js';
import { type KubeClient, type EventInput, patchGuarded, removeFinalizers, resourceTypes } from '../kube/index.js';

type Named = Pick<NamespaceRecord, 'name' | 'uid' | 'finalizers' | 'terminating'>;

/** Removes predecessors' finalizers from the namespace; records an Event where that lets the namespace be deleted. */
export async function removePredecessorFinalizers(
  client: Pick<KubeClient, 'call'>,
  namespace: Named,
  recordEvent: (recordEvent: EventInput) => void = () => undefined,
): Promise<'Unchanged' | 'Changed' | 'Gone'> {
  const { name, uid, terminating } = namespace;
  const outcome = await patchGuarded(client, {
    type: resourceTypes.namespace,
    named: { name },
    manager: fieldManager,
    // One that has been made again under the name is another namespace.
    steps: (live) => (uid === undefined || uid === uidOf(live) ? removeFinalizers(live, predecessorFinalizers) : []),
  });
  if (outcome === 'Changed' && terminating) recordEvent(removedEvent(namespace));
  return outcome;
}

function uidOf({ metadata }: { readonly metadata?: unknown }): unknown {
  return (metadata as { readonly uid?: unknown } | undefined)?.uid;
}

function removedEvent({ name, uid, finalizers }: Named): EventInput {
  const { apiVersion, kind } = resourceTypes.namespace;
  const gone = finalizers.filter((one) => predecessorFinalizers.includes(one)).join(' and ');
  return {
    regarding: { apiVersion, kind, name, ...(uid !== undefined && { uid }) },
    type: 'Normal',
    reason: 'FinalizerRemoved',
    action: 'RemoveFinalizer',
    note: `Removed ${gone} of a predecessor, so that the namespace can be deleted; this deletes nothing in Quay.`,
  };
}
