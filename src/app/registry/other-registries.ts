import { objectOrEmpty, textOf } from '../../json/index.js';
import { databaseIdentity, type OtherRegistry, readBundle, type SecretData } from '../../registry/index.js';
import { type RegistryPlace } from './registry-place.js';

/** Reads a Secret; undefined where it is not there, or may not be read. */
export type ReadSecret = (namespace: string, name: string) => Promise<SecretData | undefined>;

/** The registries beside one's own: which bundle each has, and which database, without saying which. */
export function otherRegistries(
  registries: readonly object[],
  own: RegistryPlace,
  read: ReadSecret,
): Promise<readonly OtherRegistry[]> {
  const others = registries.map(placeOf).filter(({ name, namespace = own.namespace }) => {
    return name !== undefined && (name !== own.name || namespace !== own.namespace);
  });
  return Promise.all(
    others.map(async ({ name = '', namespace = own.namespace, bundle }) => {
      const config = bundle === undefined ? {} : readBundle(bundle, await read(namespace, bundle)).config;
      const uri = textOf(config['DB_URI']);
      const database = uri === undefined ? undefined : databaseIdentity(uri, namespace);
      return {
        name,
        namespace,
        ...(bundle !== undefined && { bundle }),
        ...(database !== undefined && { database }),
      };
    }),
  );
}

function placeOf(registry: object) {
  const { metadata, spec } = objectOrEmpty(registry);
  const { name, namespace } = objectOrEmpty(metadata);
  const bundle = textOf(objectOrEmpty(spec).configBundleSecret);
  return { name: textOf(name), namespace: textOf(namespace), bundle };
}
