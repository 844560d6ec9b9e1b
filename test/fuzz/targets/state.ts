import { type Head, isFile, type TreeEntry } from '../../../src/git/index.js';
import { renderState } from '../../../src/pipeline/render-state.js';
import { compare } from '../../../src/publish/compare.js';
import { selectorsOf } from '../../../src/integration/index.js';
import { blobId } from '../../../src/state/index.js';
import { cluster, integration, namespace, streams } from '../../fixtures/snapshot.js';
import { refusing, type Target } from '../target.js';

const document = `apiVersion: quayside.dev/v1alpha1
kind: QuayOrganization
metadata:
  name: openshift.shop
  labels:
    app.kubernetes.io/managed-by: quayside
    quayside.dev/integration: quay
spec:
  integration: quay
  namespace: shop
  name: openshift_shop
  robots: [{name: builder, role: write, pullSecret: {name: a, serviceAccount: builder}}]
  repositories: [{name: web, source: ImageStream}]
`;
const overlay = `spec:
  teams:
    - {name: devs, role: member, members: [ann]}
  quota: {bytes: 10Gi}
  repositories: [{name: web, visibility: public, notifications: [{title: a, event: repo_push, method: email, email: a@b.c}]}]
`;
const folder = 'clusters/openshift';
/** Files as a text: a line with mode and path, then the content, until a line of a percent sign. */
const files = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([path, content]) => `100644 ${path}\n${content}`)
    .join('%\n');

/** State repositories: what their files say, what they are called, and what they are. */
export function state(): Promise<Target> {
  const quay = integration();
  const input = {
    cluster: { ...cluster([namespace('shop'), namespace('web')], streams('shop/web', 'web/app')), uid: 'c1' },
    integration: quay,
    selectors: selectorsOf([quay]),
    allIntegrationsKnown: true,
  };
  return Promise.resolve({
    seeds: [
      files({ [`${folder}/organizations/shop.yaml`]: document, [`${folder}/overlays/shop.yaml`]: overlay }),
      files({
        [`${folder}/ignore.yaml`]: 'namespaces: [sandbox-*]\norganizations: []\n',
        [`${folder}/cluster.yaml`]: 'uid: c1\n',
      }),
      files({
        [`${folder}/overlays/web.yaml`]: '{}\n',
        'clusters/overlays/shop.yaml': overlay,
        'Clusters/openshift/x': '',
      }),
    ],
    feed: (bytes) =>
      refusing(async () => {
        const head = headOf(bytes);
        const { wanted } = await renderState(head, input);
        await compare(head, { folder: `${folder}/`, ...wanted });
      }),
  });
}

/** A head whose files are in a text. */
function headOf(bytes: Buffer): Head {
  const contents = new Map<string, { mode: string; content: Buffer }>();
  for (const part of bytes.toString('latin1').split('%\n')) {
    const [first = '', ...lines] = part.split('\n');
    const [mode = '', ...path] = first.split(' ');
    if (path.join(' ') !== '') contents.set(path.join(' '), { mode, content: Buffer.from(lines.join('\n'), 'latin1') });
  }
  const all: readonly TreeEntry[] = [...contents].map(([path, { mode, content }]) => ({
    path,
    mode,
    id: blobId(content),
  }));
  const readBytes: Head['readBytes'] = async (paths) =>
    Promise.resolve(
      new Map(
        paths.flatMap((path): [string, Uint8Array][] => {
          const found = contents.get(path);
          return found !== undefined && isFile(found) ? [[path, found.content]] : [];
        }),
      ),
    );
  return {
    commit: 'a'.repeat(40),
    list: async (prefix = '') => Promise.resolve(all.filter(({ path }) => path.startsWith(prefix))),
    children: async (parent) =>
      Promise.resolve(
        all
          .filter(({ path }) => path.startsWith(parent) && !path.slice(parent.length).includes('/'))
          .concat(foldersIn(all, parent)),
      ),
    above: async (path) => Promise.resolve(all.filter((entry) => `${path}/`.startsWith(`${entry.path}/`))),
    sized: async (entries) =>
      Promise.resolve(entries.map((entry) => ({ ...entry, size: contents.get(entry.path)?.content.length ?? 0 }))),
    readBytes,
    read: async (paths) =>
      new Map([...(await readBytes(paths))].map(([path, content]) => [path, new TextDecoder().decode(content)])),
  };
}

function foldersIn(all: readonly TreeEntry[], parent: string): readonly TreeEntry[] {
  const below = all.flatMap(({ path }) => (path.startsWith(parent) ? [path.slice(parent.length)] : []));
  const names = new Set(below.flatMap((path) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [])));
  return [...names].map((name) => ({ path: `${parent}${name}`, mode: '040000', id: 'b'.repeat(40) }));
}
