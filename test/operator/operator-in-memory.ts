import { readConfiguration } from '../../src/process/configuration.js';
import { clusterOver, createRepairs, type KubeClient, type ResourceType } from '../../src/kube/index.js';
import { createLocks } from '../../src/operator/locks.js';
import { type Operator } from '../../src/operator/operator.js';
import { watchedCluster } from '../../src/operator/watches/watched-cluster.js';
import { createWatches } from '../../src/operator/watches/watches.js';
import { ownership } from '../support/ownership-key.js';
import { createLog, createMetrics } from '../../src/process/index.js';

/** What the controllers of an operator share; its watches are not started. */
export function operatorInMemory(client: KubeClient): Operator {
  const watches = createWatches(client, {});
  const live = clusterOver(client, { close: () => Promise.resolve() });
  return {
    client,
    watches,
    live,
    cluster: watchedCluster(live, watches),
    ownership: {
      keys: () => Promise.resolve(ownership),
      onChange: () => undefined,
      start: () => undefined,
      stop: () => Promise.resolve(),
    },
    locks: createLocks(),
    recordEvent: () => undefined,
    repairs: createRepairs({ client, managers: ['quayside'] }),
    log: createLog({ level: 'silent', name: 'test' }),
    metrics: createMetrics({ version: 'test' }),
    signal: new AbortController().signal,
    settings: {
      namespace: 'quayside',
      instance: 'test',
      listen: '127.0.0.1:0',
      logLevel: 'silent',
      leaderElection: false,
      lease: 'quayside',
      once: false,
      workers: 1,
      deletionWindow: 1,
      gracePeriod: 1,
      certificates: 'none',
      certificateSecret: 'quayside-webhook',
      configuration: readConfiguration({}),
    },
  };
}

/** The same cluster, which says of itself that it serves these kinds. */
export function serving(client: KubeClient, ...types: readonly ResourceType[]): KubeClient {
  return {
    ...client,
    call: async (call) => {
      const type = types.find(({ apiVersion }) => call.path === `/apis/${apiVersion}`);
      return type === undefined ? client.call(call) : { status: 200, body: { resources: [{ name: type.plural }] } };
    },
  };
}
