import { InvalidInput } from '../../errors/index.js';
import { isRecord, objectOrEmpty, textOf } from '../../json/index.js';
import { type Manifest } from './manifest-events.js';

/** Whether objects of the kind have a namespace, and in which group they are; only these kinds are read. */
const kinds: Readonly<Record<string, { readonly groups: readonly string[]; readonly namespaced: boolean }>> = {
  Namespace: { groups: [''], namespaced: false },
  // Without a group: OpenShift 3.
  ImageStream: { groups: ['image.openshift.io', ''], namespaced: true },
  ServiceAccount: { groups: [''], namespaced: true },
  QuayIntegration: { groups: ['quay.redhat.com', 'redhatcop.redhat.io'], namespaced: false },
  QuayOrganization: { groups: ['quayside.dev'], namespaced: false },
  Secret: { groups: [''], namespaced: true },
  ConfigMap: { groups: [''], namespaced: true },
};

/** Whether objects of this kind are read at all. */
export function isRead(apiVersion: string, kind: string): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return Object.hasOwn(kinds, kind) && kinds[kind]?.groups.includes(group) === true;
}

/** Checks the metadata of an object that is going to be read; a fault is an `InvalidInput`. */
export function checkMetadata(manifest: Manifest): { readonly name: string; readonly namespace?: string } {
  const metadata = objectOrEmpty(manifest.object.metadata);
  const fail = (path: string, message: string, hint?: string): never => {
    const { source, position } = manifest;
    throw new InvalidInput([
      { path, message: `${manifest.kind} ${message}`, source, ...position, ...(hint && { hint }) },
    ]);
  };
  for (const field of ['labels', 'annotations'] as const) {
    const value = metadata[field] ?? {};
    const wrong = isRecord(value) ? Object.entries(value).find(([, text]) => typeof text !== 'string') : [''];
    if (wrong !== undefined)
      return fail(`metadata.${field}`, 'has something there that is no text', 'Put it in quotes.');
  }
  const name = textOf(metadata.name);
  if (name === undefined) return fail('metadata.name', 'has no name', 'Write one, as text; a number needs quotes.');
  if (!isName(name))
    return fail(
      'metadata.name',
      'has a name that Kubernetes does not allow',
      'Write the name of the object as the cluster has it.',
    );
  if (kinds[manifest.kind]?.namespaced !== true) return { name };
  const namespace = textOf(metadata.namespace);
  if (namespace === undefined) {
    return fail('metadata.namespace', `${name} has no namespace`, 'Dump with -A, or write the namespace into it.');
  }
  return isName(namespace)
    ? { name, namespace }
    : fail(
        'metadata.namespace',
        'has a namespace that Kubernetes does not allow',
        'Write its namespace as the cluster has it.',
      );
}

/** Names become parts of paths: in files and in addresses. */
function isName(text: string): boolean {
  return text.length <= 253 && !/[/%\s\p{Cc}]/u.test(text) && text !== '.' && text !== '..';
}
