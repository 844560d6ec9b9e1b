import { type PooledKubeConfig } from './pooled-kube-config.js';
import { RequestContext } from '@kubernetes/client-node';
import { fetch } from 'undici';
import { RetryableError, TerminalError, toError } from '../../errors/index.js';
import { type Fields, recordOf, textOf } from '../fields.js';

/** One call: what is done to which resource, in the words of RBAC, and where. */
export interface Call {
  readonly verb: 'get' | 'list';
  readonly resource: string;
  readonly path: string;
  readonly accept?: string;
}

export interface Answer {
  readonly status: number;
  /** Empty when the answer was not JSON: then it did not come from the API server itself. */
  readonly body: Fields;
}

/** A GET of the API server. Only a connection that fails and credentials that it does not accept are errors. */
export type ApiServer = (call: Call) => Promise<Answer>;

const patience = 30_000;

/** The API server that a kubeconfig leads to. */
export function apiServer(config: PooledKubeConfig, server: string): ApiServer {
  return async ({ path, accept = 'application/json' }) => {
    const context = new RequestContext(`${server}${path}`, 'GET');
    context.setHeaderParam('Accept', accept);
    let answer: Answer;
    try {
      await config.applySecurityAuthentication(context);
      const dispatcher = context.getDispatcher();
      const response = await fetch(context.getUrl(), {
        headers: context.getHeaders(),
        signal: AbortSignal.timeout(patience),
        redirect: 'error',
        ...(dispatcher !== undefined && { dispatcher }),
      });
      answer = { status: response.status, body: json(await response.text()) };
    } catch (error) {
      const cause = toError(error).cause ?? error;
      throw new RetryableError('ClusterUnreachable', `no answer from the API server ${server}`, {
        cause,
        hint: 'Look at the address, the certificate authority and the login in the kubeconfig.',
      });
    }
    if (answer.status !== 401) return answer;
    throw new TerminalError('ClusterLoginRejected', `the API server ${server} does not accept the credentials`, {
      hint: 'Log in again with oc or kubectl.',
    });
  };
}

/** The error of an answer that is no success. */
export function failure(call: Call, { status, body }: Answer): RetryableError | TerminalError {
  const what = `${call.verb} ${call.resource}`;
  const said = textOf(body.message);
  if (status === 403) {
    return new TerminalError('ClusterAccessForbidden', said ?? `may not ${what}`, {
      hint: `Give this account the right to ${what}.`,
    });
  }
  const message = `cannot ${what}: the API server answered ${status}${said === undefined ? '' : `, ${said}`}`;
  return status === 429 || status >= 500
    ? new RetryableError('ClusterUnavailable', message)
    : new TerminalError('ClusterAnswerUnexpected', message);
}

/** Whether the API server itself says that the object is not there; a proxy's 404 proves nothing. */
export function saysGone({ status, body }: Answer): boolean {
  return status === 404 && body.kind === 'Status' && body.reason === 'NotFound';
}

function json(text: string): Fields {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}
