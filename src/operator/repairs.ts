import { createRepairs, type KubeClient, type EventInput, type Repairs } from '../kube/index.js';
import { fieldManager as certificatesManager } from '../certs/index.js';
import { type Log, type Metrics } from '../process/index.js';
import { fieldManager } from '../api/index.js';

interface Parts {
  readonly client: KubeClient;
  readonly recordEvent: (recordEvent: EventInput) => void;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The repairs of one term as leader, counted and logged. */
export function operatorRepairs({ client, recordEvent, log, metrics }: Parts): Repairs {
  const repairs = createRepairs({
    client,
    managers: [fieldManager, certificatesManager],
    recordEvent,
    onRepair: (owner, { kind, what, writer, ...numbers }, isTold) => {
      metrics.repairsTotal.inc({ kind });
      const fields = { of: owner, what, ...numbers, ...(isTold && { writer }) };
      if (isTold) log.warn(fields, 'somebody else undoes what we write');
      else log.info(fields, 'put right what somebody else changed');
    },
  });
  metrics.beforeScrape(() => {
    metrics.contendedObjects.reset();
    for (const [kind, count] of repairs.counts()) metrics.contendedObjects.set({ kind }, count);
  });
  return repairs;
}
