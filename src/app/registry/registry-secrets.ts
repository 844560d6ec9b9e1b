import { type QuayRegistry, type QuayRegistryOptions } from '../../api/index.js';
import { QuaysideError } from '../../errors/index.js';
import { objectOrEmpty, textOf, textsOf } from '../../json/index.js';
import { type Bundle, readBundle, type SecretData, type StoredKeys, type TlsSecret } from '../../registry/index.js';
import { type FileObject } from './objects-in-files.js';

/** Finds a Secret of the registry's namespace; `undefined`: it is not there. What cannot be read is thrown. */
export type FindSecret = (name: string) => Promise<FileObject | undefined>;

/** The bundle; of a registry that names none, an empty one. */
export async function bundleOf(name: string | undefined, find: FindSecret): Promise<Bundle> {
  if (name === undefined) return { config: {}, files: {}, faults: [] };
  return readBundle(name, secretDataOf(await find(name)));
}

/** What a Secret holds, as it stands in it. */
export function secretDataOf(found: FileObject | undefined): SecretData | undefined {
  return found && { data: textsOf(found.object.data), stringData: textsOf(found.object.stringData) };
}

/** A Secret's contents as text. */
function decodedSecret(found: FileObject): Readonly<Record<string, string>> {
  const { data, stringData } = found.object;
  const decoded = Object.entries(textsOf(data)).map(([key, text]) => [
    key,
    Buffer.from(text, 'base64').toString('utf8'),
  ]);
  return { ...(Object.fromEntries(decoded) as Record<string, string>), ...textsOf(stringData) };
}

/** A Secret, or why nobody may know it. */
async function known(name: string, find: FindSecret): Promise<{ found?: FileObject | undefined } | { reason: string }> {
  try {
    return { found: await find(name) };
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'ClusterAccessForbidden') return { reason: error.message };
    throw error;
  }
}

/** The generated keys. */
export async function keysOf(registry: string, find: FindSecret): Promise<StoredKeys> {
  const read = await known(`${registry}-quay-registry-managed-secret-keys`, find);
  if ('reason' in read) return { known: false, reason: read.reason };
  return read.found === undefined ? { known: true } : { known: true, values: decodedSecret(read.found) };
}

/** The Secret that the component tls names; undefined where it names none. */
export async function tlsSecretOf({ spec }: QuayRegistry, find: FindSecret): Promise<TlsSecret | undefined> {
  const name = spec?.components?.find(({ kind }) => kind === 'tls')?.secretRef?.name;
  if (!name) return undefined;
  const read = await known(name, find);
  if ('reason' in read) return { known: false, missing: false, reason: read.reason };
  const { found } = read;
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

/** The token of the builders that options ask for; undefined where there is none that could be read. */
export async function builderTokenOf(
  options: QuayRegistryOptions | undefined,
  find: FindSecret,
): Promise<string | undefined> {
  const reference = options?.spec.builders?.tokenSecretRef;
  if (reference === undefined) return undefined;
  const read = await known(reference.name, find);
  if ('reason' in read || read.found === undefined) return undefined;
  const token = new Map(Object.entries(decodedSecret(read.found))).get(reference.key);
  return token === '' ? undefined : token?.trim();
}
