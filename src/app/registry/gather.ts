import { type QuayRegistry, type QuayRegistryOptions } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import { type Fields, objectOrEmpty } from '../../json/index.js';
import { type ClusterFacts, type Fault, faultsOf, type RegistryInputs } from '../../registry/index.js';
import { bundleNameOf, bundleObject } from './bundle-folder.js';
import { type FileObject, nameOf } from './objects-in-files.js';
import { optionsReadings } from './options-readings.js';
import { otherRegistries } from './other-registries.js';
import { randomValues } from './random-values.js';
import { registryReadings, unnamed } from './registry-readings.js';
import { type RegistryPlace } from './registry-place.js';
import { builderTokenOf, bundleOf, type FindSecret, keysOf, secretDataOf, tlsSecretOf } from './registry-secrets.js';
import { schemaFaults } from './schema-faults.js';

/** Objects by kind and name, wherever they come from. */
export interface ObjectSource {
  /** All registries that there are to choose from, or the one of a name. */
  registries(): Promise<readonly FileObject[]>;
  /** An object of the registry's namespace; `undefined`: it is not there. What cannot be read is thrown. */
  find(kind: 'Secret' | 'QuayRegistryOptions', name: string, namespace: string): Promise<FileObject | undefined>;
}

/** What a registry is made of, and where each object was found. */
export interface Gathered {
  readonly inputs: RegistryInputs;
  /** Where a schema refused an object: the same with every other way in which what was refused may be meant. */
  readonly others: readonly RegistryInputs[];
  /** What the schemas refused. */
  readonly refused: readonly Fault[];
  /** Of each component in the inputs, which one of the registry it is. */
  readonly places: readonly number[];
  /** Objects by `Kind/name`, for the places of faults. */
  readonly objects: ReadonlyMap<string, FileObject>;
}

/** Which registry is meant, and where its bundle lies instead of in a Secret. */
export interface Wanted {
  readonly name?: string;
  /** A folder with the files of the bundle, or a config.yaml. */
  readonly bundle?: string;
}

/** Finds the registry, its options, its bundle and its keys. `facts` are asked for when it is known which registry it is. */
export async function gather(
  source: ObjectSource,
  wanted: Wanted,
  facts: (place: RegistryPlace) => Promise<ClusterFacts>,
): Promise<Gathered> {
  const all = await source.registries();
  const found = onlyOne(all, wanted.name);
  const registries = registryReadings(found.object);
  const [registry] = registries.values;
  const { name, namespace = 'default' } = registry.metadata;
  const place = { name, namespace };
  const objects = new Map<string, FileObject>([[`QuayRegistry/${name}`, found]]);
  const note = async (kind: 'Secret' | 'QuayRegistryOptions', of: string): Promise<FileObject | undefined> => {
    const isBundle = kind === 'Secret' && wanted.bundle !== undefined && of === bundleName(found.object, wanted, name);
    const object = isBundle ? await bundleObject(wanted.bundle, of) : await source.find(kind, of, namespace);
    if (object !== undefined) objects.set(`${kind}/${of}`, object);
    return object;
  };
  const stated = await note('QuayRegistryOptions', name);
  const options = stated && optionsReadings(stated.object, place);
  const secrets = await secretsOf(registry, options?.values[0], bundleName(found.object, wanted, name), (of) =>
    note('Secret', of),
  );
  const known = await withOthers(await facts(place), all, place, source);
  const common = {
    bundle: isBundleRefused(found.object) ? { ...secrets.bundle, unread: true as const } : secrets.bundle,
    keys: secrets.keys,
    newRandomValues: randomValues(),
    facts: { ...known, ...secrets.facts },
  };
  const [inputs = { ...common, registry }, ...others] = registries.values.flatMap((one): RegistryInputs[] => {
    const read = options?.values.map((spec) => ({ ...common, registry: one, options: spec }));
    return read ?? [{ ...common, registry: one }];
  });
  const refused = [
    ...schemaFaults(`QuayRegistry/${name}`, registries.problems),
    ...schemaFaults(`QuayRegistryOptions/${name}`, options?.problems ?? []),
    ...(wanted.bundle !== undefined && bundleNameOf(found.object) === undefined ? [namesNoBundle(name)] : []),
  ];
  return { inputs, others, refused, places: registries.places, objects };
}

/** The Secret of the bundle; one that is given by its files has a name where the registry states none. */
function bundleName(registry: Fields, { bundle }: Wanted, name: string): string | undefined {
  return bundleNameOf(registry) ?? (bundle === undefined ? undefined : `${name}-config-bundle`);
}

/** Of what is no name nobody knows which bundle it means. */
function isBundleRefused(registry: Fields): boolean {
  return bundleNameOf(registry) === undefined && objectOrEmpty(registry.spec).configBundleSecret !== undefined;
}

async function secretsOf(
  registry: QuayRegistry,
  options: QuayRegistryOptions | undefined,
  bundle: string | undefined,
  find: FindSecret,
) {
  const [tlsSecret, token] = [await tlsSecretOf(registry, find), await builderTokenOf(options, find)];
  return {
    bundle: await bundleOf(bundle, find),
    keys: await keysOf(registry.metadata.name, find),
    facts: { ...(tlsSecret && { tlsSecret }), ...(token !== undefined && { builderToken: token }) },
  };
}

function onlyOne(registries: readonly FileObject[], name: string | undefined): FileObject {
  const named = registries.filter(({ object }) => name === undefined || nameOf(object).name === name);
  const [first, ...more] = named;
  if (first !== undefined && more.length === 0) return first;
  const names = registries.map(({ object }) => nameOf(object).name ?? unnamed).join(', ');
  const message = first === undefined ? 'there is no such QuayRegistry' : `there are several registries: ${names}`;
  const hint = first === undefined ? 'Give it with -f, or name a namespace that has it with -n.' : 'Name one of them.';
  throw new TerminalError('InvalidInput', message, { hint });
}

/** The facts, and in them the registries that stand beside it in the same place and that they do not know. */
async function withOthers(
  facts: ClusterFacts,
  all: readonly FileObject[],
  own: RegistryPlace,
  source: ObjectSource,
): Promise<ClusterFacts> {
  const { otherRegistries: known = [] } = facts;
  const unknown = all
    .map(({ object }) => object)
    .filter((object) => {
      const { name, namespace = own.namespace } = nameOf(object);
      return !known.some((other) => other.name === name && other.namespace === namespace);
    });
  const found = await otherRegistries(unknown, own, async (namespace, name) =>
    secretDataOf(await source.find('Secret', name, namespace).catch(() => undefined)),
  );
  const others = [...known, ...found];
  return others.length === 0 ? facts : { ...facts, otherRegistries: others };
}

function namesNoBundle(registry: string): Fault {
  const path = 'spec.configBundleSecret';
  const message = 'is not set, so nothing says what the Secret of --bundle is called';
  const hint = `Add configBundleSecret: ${registry}-config-bundle to the spec, or leave out --bundle.`;
  return faultsOf(`QuayRegistry/${registry}`)({ path, message, hint });
}
