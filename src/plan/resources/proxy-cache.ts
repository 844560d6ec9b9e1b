import type { ProxyCache } from '../../api/index.js';
import type { Change } from '../change.js';
import { unread, type Context, type ResourcePlan } from '../context.js';
import { byItem, compareKeyed } from '../keyed.js';
import type { ObservedProxyCache } from '../observed.js';
import { managedItems } from '../managed-items.js';

/** The configuration that makes the organization a pull-through cache; its credentials cannot be read back. */
export function planProxyCache(context: Context): ResourcePlan {
  const { spec, observed } = context;
  const managedItem = managedItems.proxyCache();
  if (observed.proxyCache === undefined)
    return unread(context, managedItem, spec.proxyCache === undefined ? undefined : managedItem);
  return compareKeyed(context.claim, {
    refused: context.secretRefusal,
    declared: byItem(spec.proxyCache === undefined ? [] : [spec.proxyCache], () => managedItem),
    found: byItem(observed.proxyCache === null ? [] : [observed.proxyCache], () => managedItem),
    make: (proxyCache): Change[] => [{ type: 'SetProxyCache', proxyCache, replace: false }],
    adjust: (proxyCache, found) =>
      same(proxyCache, found) && !context.secretChanged(managedItem)
        ? {}
        : { changes: [{ type: 'SetProxyCache', proxyCache, replace: true }] },
    remove: (): Change[] => [{ type: 'DeleteProxyCache' }],
  });
}

function same(declared: ProxyCache, found: ObservedProxyCache): boolean {
  return (
    declared.upstreamRegistry === found.upstreamRegistry &&
    declared.expirationSeconds === found.expirationSeconds &&
    declared.insecure === found.insecure
  );
}
