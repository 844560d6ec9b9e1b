import { clusterOver, createEventRecorder, type EventRecorder } from '../kube/index.js';
import { createLocks } from './locks.js';
import { type Operator } from './operator.js';
import { createOwnershipKeeper } from './ownership-keys.js';
import { operatorRepairs } from './repairs.js';
import { watchedCluster } from './watches/watched-cluster.js';
import { createWatches, type Watches } from './watches/watches.js';

/** What a term as leader begins with. */
export type TermInput = Pick<Operator, 'client' | 'log' | 'metrics' | 'settings' | 'signal'>;

/** Makes what all controllers share; nothing is watched yet. */
export function openOperator(
  input: TermInput,
  onApiChange: () => void,
): Operator & { readonly recorder: EventRecorder } {
  const { client } = input;
  const recorder = recorderOf(input);
  const watches = watchesOf(input, onApiChange);
  const live = clusterOver(client, { close: () => Promise.resolve() });
  const cluster = watchedCluster(live, watches);
  const { namespace } = input.settings;
  return {
    ...input,
    watches,
    cluster,
    ownership: createOwnershipKeeper({ client, live, namespace, watches, uid: cluster.uid }),
    live,
    locks: createLocks(),
    recordEvent: recorder.record,
    repairs: operatorRepairs({ ...input, recordEvent: recorder.record }),
    recorder,
  };
}

function recorderOf({ client, settings, log, metrics }: TermInput): EventRecorder {
  return createEventRecorder(client, {
    controller: 'quayside.dev/operator',
    instance: settings.instance,
    onLost: (_, why) => {
      metrics.eventsLostTotal.inc();
      log.debug({ err: why }, 'writing an Event failed');
    },
  });
}

function watchesOf({ client, log, metrics }: TermInput, onApiChange: () => void): Watches {
  return createWatches(client, {
    onRestart: ({ resource, reason, message, wait }) => {
      metrics.watchRestartsTotal.inc({ resource, reason });
      if (wait > 0) log.warn({ resource, reason, wait }, message);
    },
    onFault: ({ resource, key, error }) => log.error({ resource, object: key, err: error }, 'reading an object failed'),
    onApiChange,
  });
}
