import { type NamespaceRecord, predecessorFinalizers } from '../api/index.js';
import { type KubeClient, type Notice, patchGuarded, removeFinalizers, resourceTypes } from '../kube/index.js';
import { fieldManager } from '../api/field-manager.js';

type Named = Pick<NamespaceRecord, 'name' | 'uid' | 'finalizers' | 'terminating'>;

/** Takes predecessors' finalizers off the namespace that was looked at; tells of it where that lets the namespace go. */
export async function removePredecessorFinalizers(
  client: Pick<KubeClient, 'call'>,
  namespace: Named,
  notice: (notice: Notice) => void = () => undefined,
): Promise<'Unchanged' | 'Changed' | 'Gone'> {
  const { name, uid, terminating } = namespace;
  const outcome = await patchGuarded(client, {
    type: resourceTypes.namespace,
    named: { name },
    manager: fieldManager,
    // One that has been made again under the name is another namespace.
    steps: (live) => (uid === undefined || uid === uidOf(live) ? removeFinalizers(live, predecessorFinalizers) : []),
  });
  if (outcome === 'Changed' && terminating) notice(removalNotice(namespace));
  return outcome;
}

function uidOf({ metadata }: { readonly metadata?: unknown }): unknown {
  return (metadata as { readonly uid?: unknown } | undefined)?.uid;
}

function removalNotice({ name, uid, finalizers }: Named): Notice {
  const { apiVersion, kind } = resourceTypes.namespace;
  const gone = finalizers.filter((one) => predecessorFinalizers.includes(one)).join(' and ');
  return {
    regarding: { apiVersion, kind, name, ...(uid !== undefined && { uid }) },
    type: 'Normal',
    reason: 'FinalizerRemoved',
    action: 'RemoveFinalizer',
    note: `Took ${gone} of a predecessor off, so that the namespace can go; this deletes nothing in Quay.`,
  };
}
