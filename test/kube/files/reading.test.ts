import { describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { dump } from 'js-yaml';
import { clusterFromFiles } from '../../../src/kube/index.js';
import { dumpFolder, imageStream, list, namespace } from '../../fixtures/dump.js';

const write = dumpFolder();
const objects = [
  namespace('kube-system'),
  namespace('shop', {
    labels: { team: 'a' },
    annotations: { 'openshift.io/display-name': 'Shöp: "x" — {ä}' },
    finalizers: ['f'],
  }),
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'builder', namespace: 'shop' } },
  imageStream('shop', 'web', {
    status: { tags: [{ tag: 'latest', items: [{ image: 'sha256:1', 'odd "\\ {': ']' }] }] },
  }),
];
const yaml = dump(list(objects), { seqNoIndent: true });

const expected = {
  uid: 'uid-kube-system',
  hasBuildApis: true,
  namespaces: {
    known: true,
    items: [
      { name: 'kube-system', uid: 'uid-kube-system', labels: {}, annotations: {}, finalizers: [], terminating: false },
      {
        name: 'shop',
        uid: 'uid-shop',
        labels: { team: 'a' },
        annotations: { 'openshift.io/display-name': 'Shöp: "x" — {ä}' },
        finalizers: ['f'],
        terminating: false,
      },
    ],
  },
  imageStreams: { known: true, items: [{ namespace: 'shop', name: 'web', labels: {} }] },
  serviceAccounts: { known: true, items: [{ namespace: 'shop', name: 'builder' }] },
};

const typed = {
  apiVersion: 'v1',
  items: objects.slice(0, 2).map(({ kind: _, apiVersion: __, ...rest }) => rest),
  kind: 'NamespaceList',
  metadata: {},
};

describe('a cluster from files', () => {
  const forms: Record<string, string | Buffer> = {
    'list.yaml': yaml,
    'indented.yaml': dump(list(objects)),
    'json.json': JSON.stringify(list(objects)),
    'pretty.json': JSON.stringify(list(objects), undefined, 4),
    'kind-first.json': JSON.stringify({ kind: 'List', apiVersion: 'v1', metadata: {}, items: objects }),
    'windows.yaml': yaml.replaceAll('\n', '\r\n'),
    'mark.yaml': `\ufeff${yaml}`,
    'mark.json': `\ufeff${JSON.stringify(list(objects))}`,
    'utf16.yaml': Buffer.from(`\ufeff${yaml}`, 'utf16le'),
    'zipped.anything': gzipSync(yaml),
    'zipped-json': gzipSync(JSON.stringify(list(objects))),
    'documents.yaml': objects.map((object) => dump(object)).join('---\n'),
    'documents-more.yaml': `# a comment\n---\n---\n${objects.map((object) => dump(object)).join('...\n---   # next\n')}---\n`,
    'lines.json': objects.map((object) => JSON.stringify(object)).join('\n'),
    'array.json': JSON.stringify(objects),
    'array.yaml': dump(objects),
    'typed.json': [typed, list(objects.slice(2))].map((one) => JSON.stringify(one)).join('\n'),
    'typed.yaml': `${dump(typed, { seqNoIndent: true })}---\n${dump(list(objects.slice(2)))}`,
    'spaces.json': `${' '.repeat(300_000)}${JSON.stringify(list(objects))}\n\n`,
    'comments.yaml': yaml.replace('items:', 'items: # all of them\n# and\n').replaceAll('\n- ', '\n# between\n\n- '),
    'list-of-lists.json': JSON.stringify(list([list(objects.slice(0, 2)), list(objects.slice(2))])),
    'quoted-key.yaml': dump(list(objects)).replace('items:', '"items":'),
  };

  test.each(Object.keys(forms))('reads %s', async (name) => {
    const cluster = await clusterFromFiles([write(name, forms[name] ?? '')]);
    expect(await cluster.snapshot()).toEqual(expected);
    await cluster.close();
  });

  test.each([1, 2, 3, 7, 64])('reads what comes in pieces of %d bytes', async (size) => {
    for (const text of [yaml, JSON.stringify(list(objects)), JSON.stringify(list(objects), undefined, 2)]) {
      const stdin = async function* (): AsyncGenerator<Buffer> {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const cluster = await clusterFromFiles(['-'], { stdin: stdin() });
      expect(await cluster.snapshot()).toEqual(expected);
    }
  });

  test('reads several files and folders, the same object in two of them once', async () => {
    write('folder/a.yaml', dump(objects[0]));
    write('folder/deep/b.YML.gz', gzipSync(dump(objects[1])));
    write('folder/notes.txt', 'not read');
    write('folder/.hidden.yaml', 'not: read');
    const folder = write('folder/c.json', JSON.stringify(objects[3])).replace('/c.json', '');
    const cluster = await clusterFromFiles([folder, write('again.yaml', yaml)]);
    expect(await cluster.snapshot()).toEqual(expected);
  });

  test('counts what it read, kinds that it has no use for as well', async () => {
    const path = write('counted.yaml', yaml);
    expect((await clusterFromFiles([path])).description).toBe(
      `${path} (2 Namespaces, 1 ServiceAccount, 1 ImageStream)`,
    );
  });

  test('an endless supply of aliases is no supply of memory', async () => {
    const levels = Array.from({ length: 30 }, (_, at) => `  l${at + 1}: &l${at + 1} [*l${at}, *l${at}, *l${at}]`);
    const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:\n  l0: &l0 x\n${levels.join('\n')}\n`;
    await expect(clusterFromFiles([write('bomb.yaml', bomb)])).rejects.toThrow('aliases that stand for too much');
    const circle = 'apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a, namespace: b, self: *m}\n';
    await expect(clusterFromFiles([write('circle.yaml', circle)])).rejects.toThrow(/circle\.yaml:/);
  });
});
