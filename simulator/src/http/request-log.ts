/** One request that the simulator answered. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Template of the route; `(no route)` when none fits, `(fault)` when an injected fault kept it from being handled. */
  readonly template: string;
  /** 0 when the connection was cut. */
  readonly status: number;
}

/** Counts of requests by `METHOD template`. */
export interface RequestCounts {
  readonly total: number;
  readonly writes: number;
  readonly byRoute: Readonly<Record<string, number>>;
}

/** What the simulator was asked. */
export interface RequestLog {
  readonly list: () => readonly LoggedRequest[];
  readonly counts: () => RequestCounts;
  /** Requests that are not GET, HEAD or OPTIONS. */
  readonly writes: () => readonly LoggedRequest[];
  readonly reset: () => void;
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A log, and the way to write to it. */
export function createRequestLog(): { readonly log: RequestLog; readonly record: (request: LoggedRequest) => void } {
  const requests: LoggedRequest[] = [];
  const writes = (): readonly LoggedRequest[] => requests.filter(({ method }) => !reading.has(method));
  const log: RequestLog = {
    list: () => [...requests],
    counts: () => ({ total: requests.length, writes: writes().length, byRoute: countByRoute(requests) }),
    writes,
    reset: () => {
      requests.length = 0;
    },
  };
  return { log, record: (request) => void requests.push(request) };
}

function countByRoute(requests: readonly LoggedRequest[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { method, template } of requests) {
    const key = `${method} ${shortened(template)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The templates of the discovery document, with the names of this project for the two that everybody reads. */
function shortened(template: string): string {
  return template.replace('{orgname}', '{org}');
}
