import { predecessorFinalizers, type QuayOrganization } from '../api/index.js';
import { claimantsOf } from '../integration/index.js';
import { claims } from '../integration/index.js';
import { type Clock, createQueue, type Queue, systemClock } from '../kube/index.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';
import {
  finalizerRepair,
  predecessorFinalizerStep,
  removePredecessorFinalizers,
} from '../predecessors/index.js';

/** Frees namespaces from what predecessors left on them. */
export interface Namespaces {
  readonly queue: Queue;
  readonly start: () => void;
}

/** How soon it is asked again whether all integrations can be read: nobody tells when a watch is well again. */
const patience = 10_000;

/** Looks at a namespace when it changes, and when its organization was looked at. */
export function createNamespaces(
  operator: Pick<Operator, 'client' | 'watches' | 'notice' | 'log' | 'repairs' | 'signal'>,
  integrations: Pick<Integrations, 'readable' | 'areAllReadable' | 'report' | 'onChange'>,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Namespaces {
  const { client, watches, notice, log, repairs, signal } = operator;
  const freed = new Set<string>();
  const queue = createQueue({
    concurrency: 4,
    clock,
    onFault: ({ key, error }) =>
      log.warn({ err: error, namespaceOf: key }, "a predecessor's finalizer could not be removed"),
    work: async (name) => {
      const namespace = watches.namespaces.cache.get(name);
      if (namespace === undefined || signal.aborted) return;
      // Most namespaces carry none, and need no further look.
      if (!namespace.finalizers.some((one) => predecessorFinalizers.includes(one))) return;
      if (!integrations.areAllReadable()) return { again: { milliseconds: patience } };
      const items = integrations.readable();
      const { owners } = claims(claimantsOf(items), [namespace], new Map());
      const step = predecessorFinalizerStep({
        namespace,
        integrations: { known: true, items },
        selectedBy: owners.get(name),
        organization: organizationOf(name),
      });
      if (step !== 'Remove') return;
      const repair = finalizerRepair(namespace);
      const outcome = await repairs.attempt(repair, () => removePredecessorFinalizers(client, namespace, notice));
      if (outcome === 'Held') return { again: { milliseconds: repairs.hold(repair) } };
      if (outcome !== 'Changed' || namespace.terminating) return;
      if (freed.has(name)) tellOfPredecessor(owners.get(name), name);
      freed.add(name);
    },
  });
  /** Only a predecessor that still runs puts a finalizer back. */
  const tellOfPredecessor = (integration: string | undefined, name: string): void => {
    const note = `a predecessor still runs: it put its finalizer back on namespace ${name}. Remove its operator, or both will write`;
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
