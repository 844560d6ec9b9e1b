import { matches, type ProxiedRequest, type RequestMatch } from './match.js';

/** What the proxy does instead of passing a request on and its answer back. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Text, or a value that is sent as JSON; default: a Kubernetes Status with that code. */
      readonly body?: unknown;
    }
  /** Passes it on later. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Passes it on once this is over. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Ends the connection: before the server sees the request, in the middle of its answer, or when it has done the work. */
  | { readonly kind: 'cut'; readonly at: 'before' | 'during' | 'after' }
  /** Leaves the connection open and silent, as when a cable is pulled: from the start, or after the head of the answer. */
  | { readonly kind: 'freeze'; readonly at: 'before' | 'during' };

export interface FaultOptions {
  /** Matching requests that pass first. Default 0. */
  readonly skip?: number;
  /** How often it strikes. Default: until it is lifted. */
  readonly times?: number;
}

/** A fault that waits for its requests. */
export interface ArmedFault {
  /** How often it has struck. */
  readonly hits: number;
  readonly lift: () => void;
}

export interface FaultList {
  readonly arm: (match: RequestMatch, fault: Fault, options?: FaultOptions) => ArmedFault;
  /** The fault that strikes this request; the first armed wins. */
  readonly strike: (request: ProxiedRequest) => Fault | undefined;
  readonly clear: () => void;
}

export function createFaultList(): FaultList {
  const armed = new Set<(request: ProxiedRequest) => Fault | undefined>();
  return {
    arm: (match, fault, { skip = 0, times = Infinity } = {}) => {
      let seen = 0;
      const hits = (): number => Math.min(Math.max(seen - skip, 0), times);
      const strike = (request: ProxiedRequest): Fault | undefined => {
        if (hits() >= times || !matches(match, request)) return undefined;
        seen += 1;
        return seen > skip ? fault : undefined;
      };
      armed.add(strike);
      return {
        get hits() {
          return hits();
        },
        lift: () => void armed.delete(strike),
      };
    },
    strike: (request) => {
      for (const strike of armed) {
        const fault = strike(request);
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
    clear: () => armed.clear(),
  };
}
