import { RequestContext } from '@kubernetes/client-node';
import { type Dispatcher, getGlobalDispatcher } from 'undici';
import { QuaysideError, RetryableError, toError } from '../../errors/index.js';
import { type Proxy } from '../../proxy/index.js';
import { type PooledKubeConfig } from '../live/pooled-kube-config.js';
import { type Call, type Verb } from './call.js';

const methods = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
} as const satisfies Record<Verb, string>;

/** Sends a call and gives the head of its answer; what goes wrong on the way is `ClusterUnreachable`. */
export type Send = (call: Call, signal: AbortSignal) => Promise<Dispatcher.ResponseData>;

/** Where calls go, and the name that the audit log shows for them. */
export interface Destination {
  readonly config: PooledKubeConfig;
  readonly server: string;
  readonly userAgent: string;
}

/** A transport to the API server of a kubeconfig; redirects are not followed. */
export function sender({ config, server, userAgent }: Destination): Send {
  return async (call, signal) => {
    const { verb, path, accept = 'application/json', body, contentType = 'application/json' } = call;
    const context = new RequestContext(`${server}${path}`, 'GET');
    try {
      await config.applySecurityAuthentication(context);
      const { origin, pathname, search } = new URL(context.getUrl());
      const dispatcher: Dispatcher = context.getDispatcher() ?? getGlobalDispatcher();
      const answer = await dispatcher.request({
        origin,
        path: `${pathname}${search}`,
        method: methods[verb],
        headers: {
          ...context.getHeaders(),
          ...config.impersonation(),
          accept,
          'user-agent': userAgent,
          ...(body !== undefined && { 'content-type': contentType }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal,
      });
      if (answer.statusCode === 401) config.forgetLogin();
      return answer;
    } catch (error) {
      if (error instanceof QuaysideError) throw error;
      throw unreachable(server, error, config.proxy());
    }
  };
}

/** The error of a connection that fails, whenever it does. */
export function unreachable(server: string, error: unknown, proxy?: Proxy): RetryableError {
  const through = proxy === undefined ? '' : ` through the proxy ${proxy.shown}`;
  return new RetryableError('ClusterUnreachable', `no answer from the API server ${server}${through}`, {
    cause: toError(error).cause ?? error,
    hint:
      proxy === undefined
        ? 'Check the address, the certificate authority and the login in the kubeconfig.'
        : `Check the proxy in ${proxy.variable}, or name the host in NO_PROXY; and the kubeconfig.`,
  });
}
