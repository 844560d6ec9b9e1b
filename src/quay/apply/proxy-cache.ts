import type { Change } from '../../plan/index.js';
import { readProxyCache } from '../observe/proxy-cache.js';
import { remove } from './confirm.js';
import type { Applying } from './context.js';
import { credentialsOf } from './credentials.js';
import { requireFeature } from './require-feature.js';

/** Makes the organization a proxy cache; Quay cannot change one, so another is taken away first. */
export async function setProxyCache(
  applying: Applying,
  { proxyCache, replace }: Extract<Change, { readonly type: 'SetProxyCache' }>,
): Promise<void> {
  await requireFeature(applying, 'proxyCache');
  if (replace) await deleteProxyCache(applying);
  const { ask, calls } = applying;
  const { username, password } = credentialsOf(proxyCache, applying.secrets);
  const body = {
    upstream_registry: proxyCache.upstreamRegistry,
    expiration_s: proxyCache.expirationSeconds,
    insecure: proxyCache.insecure,
    ...(username === undefined ? {} : { upstream_registry_username: username }),
    ...(password === undefined ? {} : { upstream_registry_password: password }),
  };
  const reply = await ask.request(calls.organization('POST', '/proxycache', [], { body }));
  if (reply.outcome === 'done') return;
  // Credentials cannot be read back: only our own earlier try is trusted to carry them.
  const comparable = reply.repeated || (username === undefined && password === undefined);
  const found = comparable ? await readProxyCache(ask, calls) : null;
  const same =
    found !== null &&
    found.upstreamRegistry === proxyCache.upstreamRegistry &&
    found.expirationSeconds === proxyCache.expirationSeconds &&
    found.insecure === proxyCache.insecure;
  if (!same) throw reply.error();
}

/** Makes it an ordinary organization again. */
export async function deleteProxyCache(applying: Applying): Promise<void> {
  await requireFeature(applying, 'proxyCache');
  await remove(applying.ask, applying.calls.organization('DELETE', '/proxycache'));
}
