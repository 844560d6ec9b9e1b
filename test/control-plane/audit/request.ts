/** One request that the API server answered, or a watch that it began to answer. */
export interface AuditedRequest {
  readonly userAgent: string;
  readonly user: string;
  readonly verb: string;
  /** Empty for the core group and for what is no resource. */
  readonly group: string;
  /** With its subresource, as `pods/status`; for what is no resource the path, as `/readyz`. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly code: number;
  readonly uri: string;
}

interface AuditEvent {
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly user?: { readonly username?: string };
  readonly objectRef?: {
    readonly apiGroup?: string;
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

/** The request behind a line of the audit log; undefined for a line that repeats a request or tells of an earlier stage. */
export function requestOf(line: string): AuditedRequest | undefined {
  const event = JSON.parse(line) as AuditEvent;
  // A watch is counted when it begins: its end may come an hour later.
  if (event.stage !== (event.verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete')) return undefined;
  const { apiGroup = '', resource, subresource, namespace = '', name = '' } = event.objectRef ?? {};
  return {
    userAgent: event.userAgent ?? '',
    user: event.user?.username ?? '',
    verb: event.verb,
    group: apiGroup,
    resource: [resource ?? event.requestURI.replace(/\?.*/, ''), subresource].filter(Boolean).join('/'),
    namespace,
    name,
    code: event.responseStatus?.code ?? 0,
    uri: event.requestURI,
  };
}
