import { TerminalError } from '../../errors/index.js';
import { type Fields } from '../../json/index.js';
import { type ApiServer } from '../../kube/index.js';
import { type ObjectSource } from './gather.js';
import { readOne, readSome } from './live-objects.js';
import { type FileObject, nameOf } from './objects-in-files.js';

/** Objects of files. An object without a namespace is taken for one of the registry's. */
export function fromFiles(objects: readonly FileObject[]): ObjectSource {
  return {
    registries: () => Promise.resolve(objects.filter(({ object }) => object.kind === 'QuayRegistry')),
    find: (kind, name, namespace) =>
      Promise.resolve(
        objects.find(({ object }) => {
          const of = nameOf(object);
          return object.kind === kind && of.name === name && (of.namespace ?? namespace) === namespace;
        }),
      ),
  };
}

const paths = {
  Secret: ['secrets', '/api/v1'],
  QuayRegistryOptions: ['quayregistryoptions.quayside.dev', '/apis/quayside.dev/v1alpha1'],
} as const;

/** Objects of a live cluster; `namespace` has the registry. */
export function fromCluster(api: ApiServer, server: string, namespace: string): ObjectSource {
  const within = (root: string, plural: string): string =>
    `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  const known = (object: Fields, kind: string): FileObject => ({
    object: { ...object, kind },
    source: server,
    lineOf: () => undefined,
  });
  return {
    async registries() {
      const path = within('/apis/quay.redhat.com/v1', 'quayregistries');
      const found = await readSome(api, 'quayregistries.quay.redhat.com', path);
      if (found !== undefined) {
        return found.map((object) => known({ apiVersion: 'quay.redhat.com/v1', ...object }, 'QuayRegistry'));
      }
      throw new TerminalError(
        'ClusterAccessForbidden',
        `the registries of the namespace ${namespace} may not be read`,
        {
          hint: 'Ask for get and list on quayregistries.quay.redhat.com, or give the registry with -f.',
        },
      );
    },
    async find(kind, name) {
      const [resource, root] = paths[kind];
      const path = within(root, `${resource.split('.')[0]}/${encodeURIComponent(name)}`);
      const { known: isKnown, object, reason = '' } = await readOne(api, resource, path);
      if (!isKnown) throw new TerminalError('ClusterAccessForbidden', `${kind} ${name} cannot be read: ${reason}`);
      return object && known(object, kind);
    },
  };
}

/** What the first has, and what only the second has. */
export function firstOf(first: ObjectSource, second: ObjectSource): ObjectSource {
  return {
    async registries() {
      const found = await first.registries();
      return found.length > 0 ? found : second.registries();
    },
    find: async (kind, name, namespace) =>
      (await first.find(kind, name, namespace)) ?? (await second.find(kind, name, namespace)),
  };
}
