import { loadKubeconfig } from '../live/load-kubeconfig.js';
import { apiServer } from './api-server.js';
import { type Call } from './call.js';
import { type EndedCall, type KubeClient } from './kube-client.js';
import { type KubeClientOptions } from './options.js';
import { type Send, sender } from './send.js';
import { watchOpener } from './watch-stream.js';

/** Opens a connection to the cluster of a kubeconfig; nothing is asked before the first call. */
export function openKubeClient({ userAgent = 'quayside', onCall, ...options }: KubeClientOptions): KubeClient {
  const { config, server } = loadKubeconfig(options);
  const send = timed(sender({ config, server, userAgent }), onCall);
  return { server, call: apiServer(send, server), watch: watchOpener(send, server), close: () => config.close() };
}

/** Reports every call when the head of its answer is there, or none will come. */
function timed(send: Send, onCall: ((ended: EndedCall) => void) | undefined): Send {
  if (onCall === undefined) return send;
  return async (call, signal) => {
    const before = performance.now();
    const ended = ({ verb, resource }: Call, status: number): void =>
      onCall({ verb, resource, status, seconds: (performance.now() - before) / 1000 });
    try {
      const response = await send(call, signal);
      ended(call, response.statusCode);
      return response;
    } catch (error) {
      ended(call, 0);
      throw error;
    }
  };
}
