import { type Call } from '../../http/call.js';
import { pageStart, pageToken } from '../../http/page-token.js';
import { queryInteger, queryText } from '../../http/query.js';
import { crash, invalidRequest } from '../../http/refusal.js';
import { type Namespace } from '../../state/model.js';
import { positionOf } from '../../state/by-id.js';

const largestPage = 100;
const help = 'Limit to the number of results to return per page. Max 100.';

/** Part of a list and the token of the next part. */
export interface Page {
  readonly entries: readonly Namespace[];
  readonly next: { readonly next_page?: string };
}

/**
 * A page of the users or organizations. Without a limit all of them come at once; a limit of 0 gives an empty page with
 * a successor, and -1 all but the last.
 */
export function superuserPage(call: Call, isListed: (namespace: Namespace) => boolean): Page {
  const { simulation } = call;
  const all = simulation.state.namespaceOrder;
  const limit = queryInteger(call, 'limit', help);
  if (limit === undefined) return { entries: all.filter(isListed), next: {} };
  if (limit > largestPage) throw invalidRequest(`Page limit cannot be above ${largestPage}`);
  if (limit < -1) throw crash();
  const start = positionOf(all, pageStart(simulation, queryText(call, 'next_page')));
  const found: Namespace[] = [];
  for (let at = start; at < all.length && (limit === -1 || found.length <= limit); at += 1) {
    const namespace = all[at];
    if (namespace && isListed(namespace)) found.push(namespace);
  }
  if (found.length <= limit) return { entries: found, next: {} };
  const following = found.at(limit === -1 ? -1 : limit);
  return { entries: found.slice(0, limit), next: following ? { next_page: pageToken(simulation, following.id) } : {} };
}
