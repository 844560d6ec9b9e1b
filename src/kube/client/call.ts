import { type Fields } from '../../json/index.js';

/** What is done, in the words of RBAC. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';

/** One call: what is done to which resource, in the words of RBAC, and where. */
export interface Call {
  readonly verb: Verb;
  /** With its group and subresource: `imagestreams.image.openshift.io`, `serviceaccounts/token`. */
  readonly resource: string;
  readonly path: string;
  readonly accept?: string;
  readonly body?: unknown;
  /** Default: plain JSON. Says what kind of patch the body is. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** How long to wait for the answer. Default 30 s. */
  readonly milliseconds?: number;
}

export interface Answer {
  readonly status: number;
  /** Empty when the answer was not JSON: then it did not come from the API server itself. */
  readonly body: Fields;
  /** Seconds that it asks to wait. */
  readonly retryAfter?: number;
}

/** Calls the API server. Only a connection that fails and credentials that it does not accept are errors. */
export type ApiServer = (call: Call) => Promise<Answer>;
