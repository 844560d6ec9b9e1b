import { type Fields } from '../../json/index.js';
import { type Answer, type ApiServer, type Call } from './call.js';

/** What a watch began with: a stream of events, or an answer that is none. */
export type OpenedWatch =
  { readonly events: AsyncIterable<Fields> } | { readonly events?: undefined; readonly answer: Answer };

/** A connection to a live cluster, in raw JSON. */
export interface KubeClient {
  /** The address of the API server. */
  readonly server: string;
  readonly call: ApiServer;
  /**
   * Opens a watch. It rejects, and its events end with an error, when the connection fails, when the call's signal says
   * so, and when nothing has come for `idleMilliseconds`: then the error is `WatchSilent`.
   */
  readonly watch: (call: Call, idleMilliseconds: number) => Promise<OpenedWatch>;
  readonly close: () => Promise<void>;
}

/** A call that has ended, for metrics. */
export interface EndedCall {
  readonly verb: Call['verb'];
  readonly resource: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly seconds: number;
}
