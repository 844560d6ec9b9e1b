import type { ObservedProxyCache } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { flagOr, numberIn, objectOf, textOr } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';

/** The proxy cache; `null` where none is set, which Quay shows as empty fields. */
export async function readProxyCache(ask: Ask, calls: CallsIn): Promise<ObservedProxyCache | null> {
  const call = calls.organization('GET', '/proxycache');
  const source = asked(call);
  const answer = await ask.find(call);
  if (answer === undefined) return null;
  const body = objectOf(answer, source, 'the proxy cache');
  const upstreamRegistry = textOr(body, 'upstream_registry', '', source);
  if (upstreamRegistry === '') return null;
  return {
    upstreamRegistry,
    expirationSeconds: numberIn(body, 'expiration_s', source),
    insecure: flagOr(body, 'insecure', false, source),
  };
}
