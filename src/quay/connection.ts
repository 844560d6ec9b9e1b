import type { Proxy } from '../proxy/index.js';

/** One HTTP exchange with Quay, for metrics: the route has placeholders where the path has names. */
export interface FinishedCall {
  readonly method: string;
  readonly route: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly milliseconds: number;
}

/** Milliseconds that a call may take. */
export interface Timeouts {
  /** @default 10,000 */
  readonly connect?: number;
  /** Until the headers of the answer. @default 30,000 */
  readonly headers?: number;
  /** Between two pieces of the answer's body. @default 60,000 */
  readonly body?: number;
  /** Until the headers of the answer to the deletion of an organization. @default 120,000 */
  readonly deletion?: number;
}

/** How to reach one Quay, and as whom. */
export interface QuayConnection {
  /** Scheme, host and port, nothing more. */
  readonly url: string;
  /** Asked before every call, so that a token which was replaced is used at once. */
  readonly token: () => string;
  /** The way to it; absent: directly. */
  readonly proxy?: Proxy;
  /** PEM certificates, trusted beside those of the system. */
  readonly ca?: string;
  /** Skips the verification of Quay's certificate. */
  readonly insecure?: boolean;
  /** Never more calls per second than this. @default - no limit until Quay asks for one */
  readonly callsPerSecond?: number;
  /** @default quayside */
  readonly userAgent?: string;
  readonly timeouts?: Timeouts;
  /** Called with every exchange, also with those that are repeated. */
  readonly onCall?: (call: FinishedCall) => void;
  /** Waits; replaced in tests. */
  readonly delay?: (milliseconds: number) => Promise<void>;
  /** Between 0 and 1, for the jitter; replaced in tests. */
  readonly random?: () => number;
  /** Milliseconds of a clock that never goes back; replaced in tests. */
  readonly now?: () => number;
}
