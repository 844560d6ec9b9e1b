import { type Fields, objectAt, objectOrEmpty, objectsIn, textOf, textsOf } from '../../json/index.js';
import { type ApiServer } from '../../kube/index.js';
import { type ClusterFacts, readBundle } from '../../registry/index.js';
import { readOne, readSome } from './live-objects.js';
import { type RegistryPlace } from './registry-place.js';

/** Parts whose images count, by the names of their Deployments behind that of the registry. */
const parts: Readonly<Record<string, string>> = {
  'quay-app': 'quay',
  'clair-app': 'clair',
  'quay-database': 'postgres',
  'clair-postgres': 'clairpostgres',
  'quay-redis': 'redis',
};

/** What of a registry runs already: its images, and the configuration that its pods have, which lost keys come back from. */
export async function deployedFacts(
  api: ApiServer,
  { namespace, name }: RegistryPlace,
): Promise<Partial<ClusterFacts>> {
  const within = `/namespaces/${encodeURIComponent(namespace)}`;
  const selector = `quay-operator/quayregistry=${name}`;
  const deployments = await readSome(api, 'deployments.apps', `/apis/apps/v1${within}/deployments`, selector);
  if (deployments === undefined || deployments.length === 0) return {};
  const byPart = new Map(deployments.map((one) => [nameIn(one).slice(name.length + 1), containerIn(one)]));
  const images = Object.entries(parts).flatMap(([part, image]): [string, string][] => {
    const deployed = textOf(byPart.get(part)?.image);
    return deployed === undefined ? [] : [[image, deployed]];
  });
  const secret = configSecretOf(byPart.get('quay-app'));
  const path = `/api/v1${within}/secrets/${encodeURIComponent(secret ?? '')}`;
  const found = secret === undefined ? undefined : (await readOne(api, 'secrets', path)).object;
  const config = found && readBundle('live', { data: textsOf(found.data) }).config;
  return {
    ...(images.length > 0 && { deployedImages: Object.fromEntries(images) }),
    ...(config && Object.keys(config).length > 0 && { liveConfig: config }),
  };
}

const nameIn = ({ metadata }: Fields): string => textOf(objectOrEmpty(metadata).name) ?? '';

function containerIn({ spec }: Fields): Fields {
  const [container = {}] = objectsIn(objectAt(spec, 'template', 'spec').containers);
  return container;
}

/** The Secret that the pods of Quay mount, whoever made it and whatever its name. */
function configSecretOf(container: Fields | undefined): string | undefined {
  const variable = objectsIn(container?.env).find((one) => one.name === 'QE_K8S_CONFIG_SECRET');
  return textOf(variable?.value);
}
