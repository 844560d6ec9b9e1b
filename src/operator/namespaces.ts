import { type NamespaceRecord, predecessorFinalizers, type QuayOrganization } from '../api/index.js';
import { selectorsOf } from '../integration/index.js';
import { claims } from '../integration/index.js';
import { type Clock, systemClock } from '../clock/index.js';
import { createQueue, type Queue } from '../kube/index.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';
import { createUnreadyNamespaces } from './unready-namespaces.js';
import { finalizerRepair, predecessorFinalizerStep, removePredecessorFinalizers } from '../predecessors/index.js';

/** Frees namespaces from what predecessors left on them, and tells of those that OpenShift does not set up. */
export interface Namespaces {
  readonly queue: Queue;
  readonly start: () => void;
}

/** How soon it is checked again whether all integrations can be read: no event says when a watch is healthy again. */
const patience = 10_000;

/** Reconciles a namespace when it changes, and after its organization was reconciled. */
export function createNamespaces(
  operator: Pick<Operator, 'client' | 'watches' | 'recordEvent' | 'log' | 'repairs' | 'signal'>,
  integrations: Pick<Integrations, 'readable' | 'areAllReadable' | 'report' | 'onChange'>,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Namespaces {
  const { client, watches, recordEvent, log, repairs, signal } = operator;
  const freed = new Set<string>();
  const ownerOf = (namespace: NamespaceRecord): string | undefined =>
    claims(selectorsOf(integrations.readable()), [namespace], new Map()).owners.get(namespace.name);
  const unready = createUnreadyNamespaces({ clock, recordEvent, ownerOf });
  const queue = createQueue({
    concurrency: 4,
    clock,
    onFault: ({ key, error }) =>
      log.warn({ err: error, namespaceOf: key }, "removing a predecessor's finalizer failed"),
    work: async (name) => {
      if (signal.aborted) return undefined;
      const namespace = watches.namespaces.cache.get(name);
      const waits = [unready.look(name, namespace), namespace && (await free(namespace))].filter(
        (milliseconds) => milliseconds !== undefined,
      );
      return waits.length === 0 ? undefined : { again: { milliseconds: Math.min(...waits) } };
    },
  });
  /** Frees a namespace from predecessors' finalizers; gives the milliseconds until it is to be looked at again. */
  const free = async (namespace: NamespaceRecord): Promise<number | undefined> => {
    const { name } = namespace;
    // Most namespaces carry none, and need no further look.
    if (!namespace.finalizers.some((one) => predecessorFinalizers.includes(one))) return undefined;
    if (!integrations.areAllReadable()) return patience;
    const owner = ownerOf(namespace);
    const step = predecessorFinalizerStep({
      namespace,
      integrations: { known: true, items: integrations.readable() },
      selectedBy: owner,
      organization: organizationOf(watches, name),
    });
    if (step !== 'Remove') return undefined;
    const repair = finalizerRepair(namespace);
    const outcome = await repairs.attempt(repair, () => removePredecessorFinalizers(client, namespace, recordEvent));
    if (outcome === 'Held') return repairs.hold(repair);
    if (outcome !== 'Changed' || namespace.terminating) return undefined;
    if (freed.has(name)) reportPredecessor(owner, name);
    freed.add(name);
    return undefined;
  };
  /** Only a predecessor that still runs puts a finalizer back. */
  const reportPredecessor = (integration: string | undefined, name: string): void => {
    const note = `a predecessor still runs: it added its finalizer to namespace ${name} again. Remove its operator, or both will write`;
    if (integration !== undefined) integrations.report(integration, { notes: [note] });
  };
  return {
    queue,
    start: () => {
      watches.namespaces.subscribe((name) => queue.add(name));
      integrations.onChange(() => watches.namespaces.cache.keys().forEach((name) => queue.add(name)));
    },
  };
}

function organizationOf(
  { organizations }: Pick<Operator['watches'], 'organizations'>,
  name: string,
): QuayOrganization | undefined {
  const live = organizations.list().find(({ namespace }) => namespace === name);
  if (live === undefined) return undefined;
  const { spec, status, labels } = live;
  return {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: live.name, labels },
    spec: spec as QuayOrganization['spec'],
    status,
  };
}
