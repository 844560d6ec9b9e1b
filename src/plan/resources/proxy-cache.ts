import type { ProxyCache } from '../../api/index.js';
import type { Change } from '../change.js';
import { unread, type Context, type FamilyPlan } from '../context.js';
import { byThing, compareKeyed } from '../keyed.js';
import type { ObservedProxyCache } from '../observed.js';
import { things } from '../managed-items.js';

/** The configuration that makes the organization a pull-through cache; its credentials cannot be read back. */
export function planProxyCache(context: Context): FamilyPlan {
  const { spec, observed } = context;
  const thing = things.proxyCache();
  if (observed.proxyCache === undefined)
    return unread(context, thing, spec.proxyCache === undefined ? undefined : thing);
  return compareKeyed(context.claim, {
    refused: context.secretRefusal,
    stated: byThing(spec.proxyCache === undefined ? [] : [spec.proxyCache], () => thing),
    found: byThing(observed.proxyCache === null ? [] : [observed.proxyCache], () => thing),
    make: (proxyCache): Change[] => [{ type: 'SetProxyCache', proxyCache, replace: false }],
    adjust: (proxyCache, found) =>
      same(proxyCache, found) && !context.secretChanged(thing)
        ? {}
        : { changes: [{ type: 'SetProxyCache', proxyCache, replace: true }] },
    remove: (): Change[] => [{ type: 'DeleteProxyCache' }],
  });
}

function same(stated: ProxyCache, found: ObservedProxyCache): boolean {
  return (
    stated.upstreamRegistry === found.upstreamRegistry &&
    stated.expirationSeconds === found.expirationSeconds &&
    stated.insecure === found.insecure
  );
}
