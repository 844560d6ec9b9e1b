import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { dump } from 'js-yaml';
import { InvalidInput } from '../../../src/errors/index.js';
import { clusterFromFiles } from '../../../src/kube/index.js';
import { dumpFolder, imageStream, list, namespace } from '../../fixtures/dump.js';

const write = dumpFolder();
const objects = [namespace('kube-system'), namespace('shop'), imageStream('shop', 'web'), imageStream('shop', 'api')];
const yaml = dump(list(objects), { seqNoIndent: true });
const json = JSON.stringify(list(objects), undefined, 4);

const refusal = async (paths: string | readonly string[]): Promise<InvalidInput> => {
  const error: unknown = await clusterFromFiles([paths].flat()).then(
    () => new Error('it was read'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InvalidInput)) throw error;
  return error;
};

describe('a dump that was cut off is refused', () => {
  test('JSON, wherever it was cut', async () => {
    const text = JSON.stringify(list(objects));
    for (let length = 1; length < text.length; length += 7) {
      const error = await refusal(write('cut.json', text.slice(0, length)));
      expect(error.message).toMatch(/cut\.json:1:\d+: ends inside .*the file is cut off/);
    }
  });

  test('YAML as oc prints it, at every end of a line and within the lines', async () => {
    const end = yaml.indexOf('kind: List');
    for (let length = 20; length < end; length += 5) await refusal(write('cut.yaml', yaml.slice(0, length)));
    for (let at = yaml.indexOf('\n'); at >= 0 && at < end; at = yaml.indexOf('\n', at + 1)) {
      await refusal(write('cut.yaml', yaml.slice(0, at + 1)));
    }
    const atAnItem = yaml.slice(0, yaml.lastIndexOf('\n- ') + 1);
    expect((await refusal(write('cut.yaml', atAnItem))).message).toContain('no kind behind them: the file is cut off');
  });

  test('gzip, wherever it was cut', async () => {
    const bytes = gzipSync(yaml);
    for (let length = 10; length < bytes.length; length += 11) {
      const error = await refusal(write('cut.gz', bytes.subarray(0, length)));
      expect(error.message).toMatch(/cut\.gz: ends inside the gzip stream: the file is cut off/);
    }
  });

  test('damaged gzip', async () => {
    const bytes = gzipSync(yaml);
    bytes.fill(0x55, 40, 60);
    expect((await refusal(write('bad.gz', bytes))).message).toMatch(/gzip/);
  });

  test('one page of a list', async () => {
    const page = { ...list(objects), metadata: { continue: 'abc', remainingItemCount: 7 } };
    expect((await refusal(write('page.json', JSON.stringify(page)))).message).toContain('only one page of a list');
    expect((await refusal(write('page.yaml', dump(page)))).message).toContain('only one page of a list');
  });
});

describe('what is wrong is said with its place', () => {
  const pretty = json.replace('"name": "shop"', '"name": shop');
  const line = pretty.slice(0, pretty.indexOf('"name": shop')).split('\n').length;
  const cases: readonly (readonly [string, string | Buffer, string | RegExp])[] = [
    ['bare word.json', pretty, `bare word.json:${line}:`],
    [
      'comma.json',
      json.replace('"kind": "ImageStream",', '"kind": "ImageStream"'),
      /comma\.json:\d+:\d+: is not valid JSON/,
    ],
    ['around.json', json.replace('"kind": "List",', '"kind" "List",'), /around\.json:\d+:\d+: is not valid JSON/],
    ['after.json', `${json}\nxyz`, /after\.json:\d+:1: is not JSON: something stands outside/],
    ['brackets.json', '{"kind": "List", "items": [}]', /brackets\.json:1:\d+: is not valid JSON/],
    [
      'tab.yaml',
      yaml.replace('  metadata:', '\tmetadata:'),
      /tab\.yaml:\d+:\d+: is not valid YAML: .*tab.*Indent with spaces/,
    ],
    [
      'duplicate.yaml',
      yaml.replace('    name: shop', '    name: shop\n    name: shop'),
      /duplicate\.yaml:\d+:\d+: .*a key stands twice/,
    ],
    [
      'twice-items.yaml',
      yaml.replace('kind: List', 'items:\n- a: b\nkind: List'),
      /twice-items\.yaml:\d+:\d+: .*a key stands twice/,
    ],
    ['behind.yaml', yaml.replace('kind: List', 'kind: [List'), /behind\.yaml:\d+:\d+: is not valid YAML/],
    ['latin1.yaml', Buffer.from('kind: \xe4', 'latin1'), 'latin1.yaml:1: is not UTF-8 text'],
    ['latin1.json', Buffer.from('{"kind": "\xe4"}', 'latin1'), 'latin1.json:1:1: is not UTF-8 text'],
    ['empty.yaml', '', 'empty.yaml: is empty'],
    ['blank.yaml', '\n  \n', 'blank.yaml: is empty'],
    ['comment.yaml', '# nothing\n---\n', 'comment.yaml: is empty'],
    ['text.yaml', 'error: you must be logged in', 'text.yaml:1: is not a Kubernetes object: it has no kind'],
    ['plain.yaml', 'No resources found', 'plain.yaml:1: holds no Kubernetes object'],
    ['number.json', '[1, 2]', 'number.json:1:1: has an item that is no object'],
    ['mixed.json', JSON.stringify({ ...list(objects), items: [...objects, 0] }), 'has an item that is no object'],
    ['null-item.yaml', 'apiVersion: v1\nitems:\n- \nkind: List\n', 'null-item.yaml:3: has an item that is no object'],
    [
      'status.json',
      JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure' }),
      'an error that the API server answered',
    ],
    ['version.json', JSON.stringify({ kind: 'Namespace', metadata: { name: 'a' } }), 'it has no apiVersion'],
    ['no-list.json', JSON.stringify({ ...list(objects), kind: 'Lis' }), 'its kind is no list'],
    ['name.json', JSON.stringify(namespace('')), 'metadata.name: Namespace has no name'],
    [
      'path.json',
      JSON.stringify(namespace('../x')),
      'metadata.name: Namespace has a name that Kubernetes does not allow',
    ],
    [
      'homeless.json',
      JSON.stringify(imageStream('', 'x')),
      'metadata.namespace: ImageStream x has no namespace (Dump with -A',
    ],
    [
      'label.yaml',
      dump(namespace('a', { labels: { x: 1 } })),
      'metadata.labels: Namespace has something there that is no text',
    ],
  ];
  test.each(cases)('%s', async (name, content, message) => {
    const { message: said } = await refusal(write(name, content));
    if (typeof message === 'string') expect(said).toContain(message);
    else expect(said).toMatch(message);
  });

  test('the line of a fault behind the items is the line of the file', async () => {
    const text = yaml.replace('kind: List', 'kind: List\nkind: List');
    const line = text.split('\n').findLastIndex((one) => one === 'kind: List') + 1;
    expect((await refusal(write('line.yaml', text))).message).toContain(`line.yaml:${line}:1:`);
    const broken = json.replace('"kind": "List"', '"kind": List');
    const at = broken.split('\n').findIndex((one) => one.includes('"kind": List')) + 1;
    expect((await refusal(write('line.json', broken))).message).toContain(`line.json:${at}:`);
  });

  test('nothing of the text is repeated, for it may be a credential', async () => {
    const secret = 'c4n4ry-t0ken';
    for (const text of [
      `{"token": ${secret}}`,
      `token: "${secret}" x\n`,
      `"${secret}": 1\n"${secret}": 2\n`,
      `a: *${secret}`,
      secret,
    ]) {
      expect((await refusal(write('canary', text))).message).not.toContain(secret);
    }
  });
});

describe('files that cannot be read', () => {
  test('that are not there', async () => {
    expect((await refusal('/nowhere/dump.yaml')).message).toBe(
      '/nowhere/dump.yaml: there is no such file or folder (Check the path.)',
    );
  });

  test('a folder without manifests', async () => {
    const folder = dirname(write('bare/readme.txt', ''));
    mkdirSync(join(folder, 'deeper'));
    expect((await refusal(folder)).message).toContain('bare: there is no manifest in this folder');
  });

  test('that may not be read', async () => {
    const path = write('secret.yaml', yaml);
    chmodSync(path, 0);
    // An administrator may read everything.
    if (process.getuid?.() !== 0) expect((await refusal(path)).message).toContain('secret.yaml: may not be read');
  });

  test('a terminal instead of a pipe', async () => {
    const stdin = Object.assign((async function* (): AsyncGenerator<Buffer> {})(), { isTTY: true });
    await expect(clusterFromFiles(['-'], { stdin })).rejects.toThrow('standard input: nothing is piped in');
  });
});

test('two different versions of one object are refused', async () => {
  const older = write('older.yaml', dump(namespace('shop', { labels: { a: '1' } })));
  const newer = write('newer.yaml', dump(namespace('shop', { labels: { a: '2' } })));
  expect((await refusal([older, newer])).message).toContain(`Namespace shop is also at ${older}:1, and the two differ`);
});
