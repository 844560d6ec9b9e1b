import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ownershipKey } from '../support/ownership-key.js';
import { type Finished, Fixture, imageStream, project } from '../support/quayside.js';
import { hasTerminal, onTerminal } from './terminal.js';

// Command lines as people, pipes, cron jobs and wrappers write them. In a line, `quayside` is the program and `$IN` names
// cluster and integration. Whatever the line: it ends, shows no stack and no token, and says what to do next.

/** The exit code, and what stands on each of the two outputs. */
interface Expected {
  readonly code: number;
  readonly out?: RegExp;
  readonly err?: RegExp;
}
type Row = readonly [name: string, line: string, expected: Expected];

const nothing = /^$/;
const plan = /^Cluster: cluster\.json [^]*changes in \d+ organizations?: [^]*additive\.\n$/;

const pipes: readonly Row[] = [
  ['without a terminal', 'quayside plan $IN </dev/null', { code: 2, out: plan, err: nothing }],
  ['with a closed stdin', 'quayside plan $IN <&-', { code: 2, out: plan, err: nothing }],
  ['with a closed stdout', 'quayside plan $IN >&-', { code: 2, err: nothing }],
  ['with a closed stderr', 'quayside plan $IN 2>&-', { code: 2, out: plan }],
  ['whose reader is gone', 'quayside render $IN | true', { code: 0, err: nothing }],
  ['of which one line is read', 'quayside render $IN | head -n 1', { code: 0, out: /^---\n$/, err: nothing }],
  ['of which ten bytes are read', 'quayside plan $IN -o json | head -c 10', { code: 0, out: /^\{/, err: nothing }],
  ['into a file that may not grow', '(ulimit -f 0; quayside render $IN >file)', { code: 1, err: /DiskFull/ }],
  [
    'that reads nothing',
    'quayside plan -c - -i integration.yaml </dev/null',
    { code: 1, err: /standard input: is empty/ },
  ],
  ['that reads both from stdin', 'quayside plan -c - -i - </dev/null', { code: 1, err: /cannot both be read/ }],
  [
    'that reads zeros',
    'head -c 100000 /dev/zero | quayside plan -c - -i integration.yaml',
    { code: 1, err: /error \(InvalidInput\)/ },
  ],
];

const dumps: readonly Row[] = [
  ['packed with gzip', 'quayside plan -c dump.gz -i integration.yaml', { code: 2, err: nothing }],
  ['as PowerShell writes it', 'quayside plan -c dump.utf16 -i integration.yaml', { code: 2, err: nothing }],
  ['with a name of two words', 'quayside plan -c "two words.json" -i integration.yaml', { code: 2, err: nothing }],
  [
    'that is a folder of nothing',
    'quayside plan -c empty -i integration.yaml',
    { code: 1, err: /there is no manifest in this folder/ },
  ],
  ['that is cut off', 'head -c 500 cluster.json | quayside plan -c - -i integration.yaml', { code: 1, err: /cut off/ }],
  [
    'that is a page of HTML',
    'echo "<html></html>" | quayside plan -c - -i integration.yaml',
    { code: 1, err: /standard input:1/ },
  ],
  [
    'of twenty megabytes',
    'quayside render -c large.json -i integration.yaml | grep -c "^kind"',
    { code: 0, out: /^3\n$/, err: nothing },
  ],
];

const places: readonly Row[] = [
  ['state where nothing can be made', 'quayside apply $IN -s /proc/x', { code: 1, err: /\/proc\/x cannot be made/ }],
  ['state that is a file', 'quayside apply $IN -s cluster.json', { code: 1, err: /cluster\.json is no folder/ }],
  ['state without a name', 'quayside apply $IN -s ""', { code: 1, err: /--state.*must not be empty/ }],
  [
    'an unknown context',
    'quayside plan --kubeconfig kubeconfig --context nowhere',
    { code: 1, err: /has no context nowhere \(It has here\.\)/ },
  ],
  [
    'a kubeconfig that is a folder',
    'quayside plan --kubeconfig empty',
    { code: 1, err: /empty: cannot be read as a kubeconfig/ },
  ],
  [
    'a KUBECONFIG of missing files',
    'KUBECONFIG=/a:/b quayside plan',
    { code: 1, err: /there is no cluster to talk to/ },
  ],
  ['no home', 'env -u HOME quayside plan $IN', { code: 2, out: plan, err: nothing }],
  ['a home that is not there', 'HOME=/nowhere quayside plan $IN', { code: 2, out: plan, err: nothing }],
  ['no git', 'PATH=/nowhere quayside plan $IN', { code: 1, err: /error \(GitMissing\).*\n.*Install git/ }],
  [
    'no room for temporary files',
    'TMPDIR=/nowhere quayside plan $IN -s fresh.git',
    { code: 1, err: /^error.*\/nowhere/ },
  ],
  ['a folder that is gone', 'mkdir -p gone; cd gone; rmdir ../gone; quayside plan $IN', { code: 1, err: /^error/ }],
  ['few open files', '(ulimit -n 64; quayside plan $IN)', { code: 2, out: plan, err: nothing }],
];

const words: readonly Row[] = [
  ['no command', 'quayside', { code: 1, err: /Usage: quayside/ }],
  ['an unknown command', 'quayside pan', { code: 1, err: /Did you mean plan\?/ }],
  ['an unknown option', 'quayside plan --clutser x', { code: 1, err: /Did you mean --cluster.*\n.*--help/ }],
  ['an option without its value', 'quayside plan $IN --context', { code: 1, err: /argument missing/ }],
  [
    'a format that there is not',
    'quayside plan $IN -o xml',
    { code: 1, err: /Allowed choices are text, json, markdown/ },
  ],
  ['an option that comes twice', 'quayside plan -i nowhere $IN', { code: 2, out: plan, err: nothing }],
  ['a word too many', 'quayside plan $IN -- extra', { code: 1, err: /too many arguments/ }],
  ['help onto a full disk', 'quayside plan --help >/dev/full', { code: 1, err: /DiskFull/ }],
  ['the help of everything', helpOfAll(), { code: 0, out: /^13\n$/, err: nothing }],
];

function helpOfAll(): string {
  const commands = 'render plan diff apply export doctor run webhook certs release simulate demo completion';
  return `for one in ${commands}; do quayside $one --help; done | grep -c "^Usage: quayside"`;
}

const surroundings: readonly Row[] = [
  ['a terminal that is said to be dumb', 'TERM=dumb quayside plan $IN', { code: 2, out: plan, err: nothing }],
  ['one column', 'COLUMNS=1 quayside plan $IN', { code: 2, out: plan, err: nothing }],
  ['no language', 'env -u LANG LC_ALL= quayside plan $IN', { code: 2, out: plan, err: nothing }],
  ['a time zone of nowhere', 'TZ=Nowhere/Land quayside plan $IN', { code: 2, out: plan, err: nothing }],
  [
    'an interrupt',
    'sleep 2 | timeout --signal=INT 1 quayside plan -c - -i integration.yaml',
    { code: 124, out: nothing, err: nothing },
  ],
  ['a request to end', 'timeout --preserve-status --signal=TERM 2 quayside simulate', { code: 0, err: nothing }],
];

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  const whole = JSON.parse(await readFile(fixture.file('cluster.json'), 'utf8')) as { items: object[] };
  const dump = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [...whole.items, imageStream('shop', 'api')],
  });
  await writeFile(fixture.file('dump.gz'), gzipSync(dump));
  await writeFile(fixture.file('dump.utf16'), Buffer.from(`\ufeff${dump}`, 'utf16le'));
  await fixture.write('two words.json', dump);
  await mkdir(fixture.file('empty'));
  const padding = {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: { name: 'x', namespace: 'shop' },
    message: 'y'.repeat(4_000),
  };
  const many = Array.from({ length: 5_000 }, () => padding);
  const { items } = JSON.parse(dump) as { items: object[] };
  const others = ['a', 'b'].map((name) => project(name));
  await fixture.write('large.json', { apiVersion: 'v1', kind: 'List', items: [...many, ...items, ...others] });
  const context = { name: 'here', context: { cluster: 'c', user: 'u' } };
  await fixture.write('kubeconfig', {
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    contexts: [context],
  });
});
afterAll(async () => fixture.close());

const program = resolve(import.meta.dirname, '../../bin/quayside.js');

/** What the shell makes of a line. */
async function shell(line: string): Promise<Finished> {
  const inputs = '-c cluster.json -i integration.yaml';
  const command = line
    .replaceAll(/(?<![\w/.-])quayside(?= |$)/gm, `'${process.execPath}' '${program}'`)
    .replaceAll('$IN', inputs);
  const { CI: _, ...inherited } = process.env;
  const child = spawn('sh', ['-c', command], {
    cwd: fixture.folder,
    env: { ...inherited, QUAYSIDE_QUAY_TOKEN: fixture.token, QUAYSIDE_OWNERSHIP_KEY: ownershipKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

function expectGood({ stdout, stderr }: Finished): void {
  expect(stdout + stderr).not.toMatch(/^\s+at .*[(:]\d+/m);
  expect(stdout + stderr).not.toContain(fixture.token);
  expect(stdout + stderr).not.toContain('\u001b');
}

const needsFull = (line: string): boolean => !line.includes('/dev/full') || existsSync('/dev/full');

describe.each([
  ['a command', pipes],
  ['a dump', dumps],
  ['a place', places],
  ['words', words],
  ['surroundings', surroundings],
])('a command line with %s', (_, rows) => {
  test.each(rows.filter(([, line]) => needsFull(line)))('%s: %s', async (_name, line, { code, out, err }) => {
    const finished = await shell(line);
    expect(finished).toMatchObject({
      code,
      ...(out && { stdout: expect.stringMatching(out) }),
      ...(err && { stderr: expect.stringMatching(err) }),
    });
    expectGood(finished);
  });
});

describe('a command line at a terminal', () => {
  (hasTerminal ? test : test.skip).each([0, 1, 20])('of %d columns ends', async (columns) => {
    const { code } = await onTerminal(fixture, ['plan', ...fixture.inputArguments], { columns });
    expect(code).toBe(2);
  });

  test('beside another one that does the same: both end, and nothing is made twice', async () => {
    const ends = await Promise.all([shell('quayside apply $IN'), shell('quayside apply $IN')]);
    for (const end of ends) expectGood(end);
    // Quay takes a default permission twice; the next apply leaves one of them.
    expect(await shell('quayside apply $IN')).toMatchObject({ code: 0 });
    const again = await shell('quayside apply $IN');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to do.'), stderr: '' });
    const { robots } = (await fixture.ask('GET', '/organization/openshift_shop/robots')) as { robots: unknown[] };
    expect(robots).toHaveLength(3);
    const { prototypes } = (await fixture.ask('GET', '/organization/openshift_shop/prototypes')) as {
      prototypes: unknown[];
    };
    expect(prototypes).toHaveLength(3);
  });
});
