import { predecessorFinalizers, type QuayOrganization } from '../api/index.js';
import { selectorsOf } from '../integration/index.js';
import { claims } from '../integration/index.js';
import { type Clock, systemClock } from '../clock/index.js';
import { createQueue, type Queue } from '../kube/index.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';
import { finalizerRepair, predecessorFinalizerStep, removePredecessorFinalizers } from '../predecessors/index.js';

/** Frees namespaces from what predecessors left on them. */
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
  const queue = createQueue({
    concurrency: 4,
    clock,
    onFault: ({ key, error }) =>
      log.warn({ err: error, namespaceOf: key }, "removing a predecessor's finalizer failed"),
    work: async (name) => {
      const namespace = watches.namespaces.cache.get(name);
      if (namespace === undefined || signal.aborted) return;
      // Most namespaces carry none, and need no further look.
      if (!namespace.finalizers.some((one) => predecessorFinalizers.includes(one))) return;
      if (!integrations.areAllReadable()) return { again: { milliseconds: patience } };
      const items = integrations.readable();
      const { owners } = claims(selectorsOf(items), [namespace], new Map());
      const step = predecessorFinalizerStep({
        namespace,
        integrations: { known: true, items },
        selectedBy: owners.get(name),
        organization: organizationOf(name),
      });
      if (step !== 'Remove') return;
      const repair = finalizerRepair(namespace);
      const outcome = await repairs.attempt(repair, () => removePredecessorFinalizers(client, namespace, recordEvent));
      if (outcome === 'Held') return { again: { milliseconds: repairs.hold(repair) } };
      if (outcome !== 'Changed' || namespace.terminating) return;
      if (freed.has(name)) reportPredecessor(owners.get(name), name);
      freed.add(name);
    },
  });
  /** Only a predecessor that still runs puts a finalizer back. */
  const reportPredecessor = (integration: string | undefined, name: string): void => {
    const note = `a predecessor still runs: it added its finalizer to namespace ${name} again. Remove its operator, or both will write`;
    if (integration !== undefined) integrations.report(integration, { notes: [note] });
  };
  const organizationOf = (name: string): QuayOrganization | undefined => {
    const live = watches.organizations.list().find(({ namespace }) => namespace === name);
    if (live === undefined) return undefined;
    const { spec, status, labels } = live;
    return {
      apiVersion: 'quayside.dev/v1alpha1',
      kind: 'QuayOrganization',
      metadata: { name: live.name, labels },
      spec: spec as QuayOrganization['spec'],
      status,
    };
  };
  return {
    queue,
    start: () => {
      watches.namespaces.subscribe((name) => queue.add(name));
      integrations.onChange(() => watches.namespaces.cache.keys().forEach((name) => queue.add(name)));
    },
  };
}
