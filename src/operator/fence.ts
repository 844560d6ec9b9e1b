import { RetryableError } from '../errors/index.js';
import { type Call, type KubeClient } from '../kube/index.js';

const reads: ReadonlySet<Call['verb']> = new Set(['get', 'list', 'watch']);

/** The same connection, on which nothing is written once we no longer lead: another one does by then. */
export function fenced(client: KubeClient, mayWrite: () => boolean): KubeClient {
  return {
    ...client,
    call: (call) => {
      if (reads.has(call.verb) || mayWrite()) return client.call(call);
      return Promise.reject(new RetryableError('Interrupted', 'this process is no longer the leader'));
    },
  };
}
