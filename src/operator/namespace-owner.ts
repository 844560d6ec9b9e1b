import { type QuayIntegration } from '../api/index.js';

import { ignores } from '../desired/index.js';
import { selectorsOf, ownerOf } from '../integration/index.js';
import { clusterId, organizationName } from '../names/index.js';
import { type Integrations } from './integrations/integrations.js';
import { type Operator } from './operator.js';

/** The integration that selects a namespace now and has it, by the rules that the webhook goes by. */
export function namespaceOwner(
  { namespaces, organizations }: Pick<Operator['watches'], 'namespaces' | 'organizations'>,
  integrations: Pick<Integrations, 'readable' | 'status'>,
  name: string,
): QuayIntegration | undefined {
  const namespace = namespaces.cache.get(name);
  if (namespace === undefined) return undefined;
  const readable = integrations.readable();
  const selectors = selectorsOf(readable).map(({ integration, selects }) => ({
    integration,
    selects: (one: typeof namespace) => selects(one) && !isIgnored(integration, integrations, one.name),
  }));
  const objects = organizations.list().filter((one) => one.namespace === name);
  const owner = ownerOf(namespace, selectors, objects);
  return readable.find(({ metadata }) => metadata.name === owner);
}

function isIgnored(
  { metadata, spec }: QuayIntegration,
  integrations: Pick<Integrations, 'status'>,
  namespace: string,
): boolean {
  const ignored = integrations.status(metadata.name)?.ignored;
  if (ignored === undefined) return false;
  try {
    return ignores(ignored, namespace, organizationName(clusterId(spec.clusterID), namespace));
  } catch {
    return ignores(ignored, namespace, '');
  }
}
