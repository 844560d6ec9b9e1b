import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { imageStream, kubeSystem, project, Fixture } from '../../support/quayside.js';
import { refusal } from './refusal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
});

afterAll(async () => fixture.close());

const dump = (...paths: readonly string[]): Promise<string> =>
  refusal(fixture, ['--cluster', ...paths, '--integration', 'integration.yaml']);

const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [kubeSystem, project('a'), project('b')] });
const packed = gzipSync(list);
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n';
const nines = (alias: string): string => `[${Array<string>(9).fill(alias).join(',')}]`;
const bomb = [
  `a: &a ${nines('x')}`,
  ...[...'bcdefghi'].map((name, index) => `${name}: &${name} ${nines(`*${'abcdefgh'.charAt(index)}`)}`),
].join('\n');

describe('a cluster dump', () => {
  test.each([
    [
      'tabs.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n\tname: x\n',
      /tabs\.yaml:4:1: .*tab.*Indent with spaces/,
    ],
    ['twice.yaml', 'kind: Namespace\napiVersion: v1\nkind: Pod\n', /twice\.yaml:3:1: .*key stands twice.*Keep one/],
    ['bomb.yaml', `${bomb}\n${namespace}`, /bomb\.yaml:1: has aliases that stand for too much.*without aliases/],
    ['scalar.yaml', 'hello\n', /scalar\.yaml:1: holds no Kubernetes object.*oc get ns,sa,is -A -o yaml/],
    ['kindless.yaml', 'metadata: {name: x}\n', /kindless\.yaml:1: .*it has no kind.*oc get/],
    ['empty.yaml', '', /empty\.yaml: is empty.*Write the dump again/],
    ['number.json', namespace.replace('x', '12'), /number\.json:1: metadata\.name: Namespace has no name.*quotes/],
    ['binary.yaml', '\0\x01\x02', /binary\.yaml:1:1: is not text.*unpacked/],
    ['deep.yaml', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, /deep\.yaml:1:103: is not valid YAML: nesting/],
    ['cut.json', list.slice(0, -60), /cut\.json:1:\d+: ends inside item 3 .*cut off.*Write the file again/],
    [
      'cut.yaml',
      `apiVersion: v1\nitems:\n- ${namespace.trim().replaceAll('\n', '\n  ')}\n`,
      /cut\.yaml:1: .*cut off.*again/,
    ],
    [
      'cut.json.gz',
      packed.subarray(0, -10),
      /cut\.json\.gz: ends inside the gzip stream.*cut off.*Write the file again/,
    ],
    [
      'bad.json.gz',
      Buffer.concat([packed.subarray(0, 30), Buffer.alloc(9, 'a')]),
      /bad\.json\.gz: .*Write the file again/,
    ],
    [
      'pods.yaml',
      namespace.replace('Namespace', 'Pod'),
      /1 Pod\) does not hold the namespace kube-system[^]*--cluster-uid/,
    ],
  ])('%s is refused with its place and what to do', async (name, content, expected) => {
    await writeFile(fixture.file(name), content);
    expect(await dump(name)).toMatch(expected);
  });

  test('two versions of one namespace are refused with both places', async () => {
    const labelled = project('e2e-demo', { labels: { other: 'yes' } });
    await fixture.write('second.json', { apiVersion: 'v1', kind: 'List', items: [labelled] });
    expect(await dump('cluster.json', 'second.json')).toMatch(
      /second\.json:1:\d+: Namespace e2e-demo is also at cluster\.json:1, and the two differ \(Give only the newer one/,
    );
  });

  test('paths that lead nowhere are refused', async () => {
    await mkdir(fixture.file('empty'), { recursive: true });
    await symlink('circle.json', fixture.file('circle.json'));
    expect(await dump('nowhere.json')).toMatch(/nowhere\.json: there is no such file or folder \(Check the path/);
    expect(await dump('cluster.json/below')).toMatch(/there is no such file or folder/);
    expect(await dump('circle.json')).toMatch(/circle\.json: is a link that leads back to itself/);
    expect(await dump('empty')).toMatch(/empty: there is no manifest in this folder \(Files that end in/);
    expect(await dump('-')).toMatch(/standard input: is empty/);
  });

  test('without kube-system it is refused, and works with --cluster-uid, which must not be empty or another one', async () => {
    await fixture.write('part.json', { apiVersion: 'v1', kind: 'List', items: [project('e2e-demo')] });
    expect(await dump('part.json')).toMatch(/does not hold the namespace kube-system[^]*give --cluster-uid/);
    const part = ['--cluster', 'part.json', '--integration', 'integration.yaml', '--cluster-uid'];
    expect((await fixture.run('plan', ...part, kubeSystem.metadata.uid)).code).toBe(2);
    expect(await refusal(fixture, [...part, ''])).toContain('It must not be empty');
    expect(await refusal(fixture, [...fixture.inputArguments, '--cluster-uid', 'other'])).toContain(
      'not of other (Leave the UID out',
    );
  });

  test('a file of 20 MB is read, and what is of no interest in it left aside', async () => {
    const data = `  blob: "${'x'.repeat(1_000_000)}"\n`;
    const large = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: y}\ndata:\n${data}`;
    await fixture.write('large.yaml', Array.from({ length: 20 }, () => large).join('---\n'));
    const { code, stderr } = await fixture.run(
      'plan',
      ...fixture.inputArguments,
      '--cluster',
      'cluster.json',
      'large.yaml',
    );
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  });
});
