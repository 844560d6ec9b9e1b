import { type KubeClient } from '../client/kube-client.js';
import { listPath, type ObjectName, resourceName, type ResourceType } from '../resource-type.js';
import { type Reflector } from './cache.js';
import { type ReflectorOptions, type WatchRequest } from './options.js';
import { createReflector } from './reflector.js';

/** Watches one object by its name, which is all that a role has to allow. */
export function watchObject<T>(
  client: KubeClient,
  type: ResourceType,
  { namespace, name }: ObjectName,
  { keep, light = false, same, ...options }: Pick<WatchRequest<T>, 'keep' | 'light' | 'same'> & ReflectorOptions,
): Reflector<T> {
  const request = {
    resource: resourceName(type),
    path: listPath(type, namespace),
    fieldSelector: `metadata.name=${name}`,
    light,
    keep,
    ...(same && { same }),
  };
  return createReflector<T>(client, request, options);
}
