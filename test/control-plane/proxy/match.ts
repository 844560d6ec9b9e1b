/** A request as the proxy sees it. */
export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly watch: boolean;
  readonly userAgent: string;
}

/** Which requests are meant; all that is given must hold. A path given as text must be equal. */
export interface RequestMatch {
  readonly method?: string;
  readonly path?: string | RegExp;
  readonly watch?: boolean;
  /** A part of it. */
  readonly userAgent?: string;
}

export function matches(match: RequestMatch, request: ProxiedRequest): boolean {
  const { method, path, watch, userAgent } = match;
  if (method !== undefined && method !== request.method) return false;
  if (watch !== undefined && watch !== request.watch) return false;
  if (userAgent !== undefined && !request.userAgent.includes(userAgent)) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? path === request.path : path.test(request.path);
}

/** What a raw request line and its headers say. */
export function describeRequest(method: string, url: string, userAgent: string): ProxiedRequest {
  const { pathname, searchParams } = new URL(url, 'https://server.invalid');
  const watch = ['true', '1'].includes(searchParams.get('watch') ?? '');
  return { method, path: pathname, query: searchParams, watch, userAgent };
}
