import type { AuditedRequest } from './request.js';

/** What a request has to look like; all that is given must hold. A list means any of them. */
export interface AuditFilter {
  /** A part of it. */
  readonly userAgent?: string;
  readonly user?: string;
  readonly verb?: string | readonly string[];
  readonly group?: string;
  readonly resource?: string | readonly string[];
  readonly namespace?: string;
  readonly name?: string;
}

/** Every verb that changes something. */
export const writes = ['create', 'update', 'patch', 'delete', 'deletecollection'] as const;

export function passes(filter: AuditFilter, request: AuditedRequest): boolean {
  const { userAgent, ...exact } = filter;
  if (userAgent !== undefined && !request.userAgent.includes(userAgent)) return false;
  return Object.entries(exact).every(([field, wanted]) => {
    const value = request[field as keyof typeof exact];
    return typeof wanted === 'string' ? value === wanted : wanted.includes(value);
  });
}

/** How many requests there are of each kind, as `list namespaces`. */
export function countByKind(requests: readonly AuditedRequest[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verb, resource } of requests) {
    const kind = `${verb} ${resource}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
