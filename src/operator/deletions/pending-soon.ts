import { type Operator } from '../operator.js';

/** Organizations whose namespace is going and whose object is not being deleted yet: it will be, and counts already. */
export function pendingSoon({ watches, cluster }: Operator, integration: string): readonly string[] {
  return watches.organizations
    .list()
    .filter(({ deleting, namespace, ...live }) => {
      if (deleting || namespace === undefined || live.integration !== integration) return false;
      const seen = cluster.seen(namespace);
      return seen === 'Gone' || (typeof seen !== 'string' && seen.terminating);
    })
    .map(({ organization }) => organization);
}
