import {
  createReflector,
  type KubeClient,
  listPath,
  type ObjectName,
  type Reflector,
  type ReflectorOptions,
  resourceName,
  resourceTypes,
  secretData,
} from '../kube/index.js';

/** Follows one Secret by its name, which is all that a role has to allow. */
export function followSecret(
  client: KubeClient,
  { namespace, name }: ObjectName,
  options: ReflectorOptions = {},
): Reflector<ReadonlyMap<string, string>> {
  return createReflector<ReadonlyMap<string, string>>(
    client,
    {
      resource: resourceName(resourceTypes.secret),
      path: listPath(resourceTypes.secret, namespace),
      fieldSelector: `metadata.name=${name}`,
      keep: secretData,
    },
    options,
  );
}
