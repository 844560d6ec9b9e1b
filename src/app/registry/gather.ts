import { type Checked, type QuayRegistry, type QuayRegistryOptions } from '../../api/index.js';
import { checkRegistry, checkRegistryOptions } from '../../api/registry/index.js';
import { InvalidInput, type Problem, TerminalError } from '../../errors/index.js';
import { type Fields, objectOrEmpty, textOf, textsOf } from '../../json/index.js';
import {
  type Bundle,
  type ClusterFacts,
  type Fault,
  readBundle,
  type RegistryInputs,
  type SecretData,
  type StoredKeys,
  type TlsSecret,
} from '../../registry/index.js';
import { type FileObject, nameOf } from './objects-in-files.js';
import { randomValues } from './random-values.js';
import { bundleNameOf, bundleObject } from './bundle-folder.js';

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
  facts: (place: { readonly name: string; readonly namespace: string }) => Promise<ClusterFacts>,
): Promise<Gathered> {
  const found = onlyOne(await source.registries(), wanted.name);
  const objects = new Map<string, FileObject>([[`QuayRegistry/${nameOf(found.object).name ?? ''}`, found]]);
  const checked = checkRegistry(found.object);
  const { name: own = '', namespace = 'default' } = nameOf(found.object);
  const place = { name: own, namespace };
  const note = async (kind: 'Secret' | 'QuayRegistryOptions', of: string): Promise<FileObject | undefined> => {
    const isBundle = kind === 'Secret' && wanted.bundle !== undefined && of === bundleNameOf(found.object);
    const object = isBundle ? await bundleObject(wanted.bundle, of) : await source.find(kind, of, place.namespace);
    if (object !== undefined) objects.set(`${kind}/${of}`, object);
    return object;
  };
  const stated = await note('QuayRegistryOptions', place.name);
  const checkedOptions = stated && checkRegistryOptions(stated.object);
  if (wanted.bundle !== undefined && bundleNameOf(found.object) === undefined) throw namesNoBundle(found, own);
  const bundle = await bundleOf(found.object, (of) => note('Secret', of));
  const [registry, options] = valuesOf(
    [checked, found],
    checkedOptions && stated && [checkedOptions, stated],
    bundle.faults,
  );
  const keys = await keysOf(place.name, (of) => note('Secret', of));
  const tlsSecret = await tlsSecretOf(registry, (of) => note('Secret', of));
  const inputs: RegistryInputs = {
    registry,
    ...(options && { options }),
    bundle,
    keys,
    newRandomValues: randomValues(),
    facts: { ...(await facts(place)), ...(tlsSecret && { tlsSecret }) },
  };
  return { inputs, objects };
}

function onlyOne(registries: readonly FileObject[], name: string | undefined): FileObject {
  const named = registries.filter(({ object }) => name === undefined || nameOf(object).name === name);
  const [first, ...more] = named;
  if (first !== undefined && more.length === 0) return first;
  const names = registries.map(({ object }) => nameOf(object).name ?? '').join(', ');
  const message = first === undefined ? 'there is no such QuayRegistry' : `there are several registries: ${names}`;
  const hint = first === undefined ? 'Give it with -f, or name a namespace that has it with -n.' : 'Name one of them.';
  throw new TerminalError('InvalidInput', message, { hint });
}

type Held<T> = readonly [Checked<T>, FileObject];

/** The objects, or everything that is wrong with them and with the bundle: without a registry there is no more to check. */
function valuesOf(
  [registry, found]: Held<QuayRegistry>,
  options: Held<QuayRegistryOptions> | undefined,
  faults: readonly Fault[],
): readonly [QuayRegistry, QuayRegistryOptions | undefined] {
  const [checkedOptions, stated] = options ?? [];
  if (registry.ok && checkedOptions?.ok !== false) return [registry.value, checkedOptions?.value];
  throw new InvalidInput([
    ...problemsIn(registry, found),
    ...(checkedOptions && stated ? problemsIn(checkedOptions, stated) : []),
    ...faults.map(({ object, path, message, hint, line, source }) => ({
      path,
      message,
      ...(hint !== undefined && { hint }),
      ...(line !== undefined && { line }),
      source: [object, source].filter((part) => part !== undefined).join(' '),
    })),
  ]);
}

function problemsIn(checked: Checked<unknown>, found: FileObject): readonly Problem[] {
  if (checked.ok) return [];
  return checked.problems.map((problem) => {
    const line = found.lineOf(problem.path);
    return { ...problem, source: found.source, ...(line !== undefined && { line }) };
  });
}

type FindSecret = (name: string) => Promise<FileObject | undefined>;

function namesNoBundle(found: FileObject, own: string): InvalidInput {
  const line = found.lineOf('spec');
  const path = 'spec.configBundleSecret';
  const message = 'is not set, so nothing says what the Secret of --bundle is called';
  const hint = `Add configBundleSecret: ${own}-config-bundle to the spec, or leave out --bundle.`;
  return new InvalidInput([{ path, source: found.source, ...(line !== undefined && { line }), message, hint }]);
}

async function bundleOf(registry: Fields, find: FindSecret): Promise<Bundle> {
  const name = bundleNameOf(registry);
  if (name === undefined) return { config: {}, files: {}, faults: [] };
  return readBundle(name, secretDataOf(await find(name)));
}

function secretDataOf(found: FileObject | undefined): SecretData | undefined {
  return found && { data: textsOf(found.object.data), stringData: textsOf(found.object.stringData) };
}

/** A Secret's contents as text. */
export function decodedSecret(found: FileObject): Readonly<Record<string, string>> {
  const { data, stringData } = found.object;
  const decoded = Object.entries(textsOf(data)).map(([key, text]) => [
    key,
    Buffer.from(text, 'base64').toString('utf8'),
  ]);
  return { ...(Object.fromEntries(decoded) as Record<string, string>), ...textsOf(stringData) };
}

async function keysOf(registry: string, find: FindSecret): Promise<StoredKeys> {
  const found = await find(`${registry}-quay-registry-managed-secret-keys`);
  return found === undefined ? { known: true } : { known: true, values: decodedSecret(found) };
}

async function tlsSecretOf({ spec }: QuayRegistry, find: FindSecret): Promise<TlsSecret | undefined> {
  const name = spec?.components?.find(({ kind }) => kind === 'tls')?.secretRef?.name;
  if (!name) return undefined;
  const found = await find(name);
  if (found === undefined) return { known: false, missing: true, reason: `there is no Secret ${name}` };
  const { 'tls.crt': certificate, 'tls.key': key } = decodedSecret(found);
  const type = textOf(objectOrEmpty(found.object).type);
  return {
    known: true,
    ...(type !== undefined && { type }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
  };
}
