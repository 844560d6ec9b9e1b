import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '@quayside/simulator';
import { imageStream, kubeSystem, project } from '../support/quayside.js';
import { registryAt } from '../fixtures/registry-at.js';
import { integrationObject } from '../fixtures/integration.js';
import { ownershipKey } from '../support/ownership-key.js';

const root = resolve(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;
/** As OpenShift gives them out: in nobody's list of users, and in the group of root. */
const arbitrary = isRoot ? { uid: 1000650000, gid: 0 } : {};

/** What the image holds of ours, where only root may write, and a volume. */
let image: string;
/** Node, where that user may run it: whose home it may be in, others may not enter. */
let node: string;
let volume: string;
let quay: Simulator;

beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'quayside-image-'));
  chmodSync(parent, 0o755);
  image = join(parent, 'opt');
  volume = join(parent, 'volume');
  for (const part of ['package.json', 'bin', 'build']) cpSync(join(root, part), join(image, part), { recursive: true });
  for (const path of readdirSync(image, { recursive: true, encoding: 'utf8' })) {
    const full = join(image, path);
    chmodSync(full, statSync(full).isDirectory() ? 0o555 : 0o444);
  }
  chmodSync(image, 0o555);
  node = process.execPath;
  if (spawnSync(node, ['--version'], arbitrary).status !== 0) cpSync(process.execPath, (node = join(parent, 'node')));
  mkdirSync(volume);
  if (isRoot) chownSync(volume, 0, 0);
  chmodSync(volume, 0o2770);
  quay = await startSimulator();
  const items = [kubeSystem, project('shop'), imageStream('shop', 'web')];
  writeFileSync(join(volume, 'cluster.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  const spec = { ...registryAt(quay.url), credentialsSecret: { namespace: 'quayside', name: 'quay' } };
  writeFileSync(join(volume, 'integration.yaml'), JSON.stringify(integrationObject(spec)));
  for (const name of ['cluster.json', 'integration.yaml']) chmodSync(join(volume, name), 0o640);
});
afterAll(async () => {
  await quay.close();
  for (const path of [
    image,
    ...readdirSync(image, { recursive: true, encoding: 'utf8' }).map((one) => join(image, one)),
  ]) {
    if (statSync(path).isDirectory()) chmodSync(path, 0o755);
  }
  rmSync(resolve(image, '..'), { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The entry point of the image with some arguments: a bare environment, an unknown user, a root that is read-only. */
async function run(...args: readonly string[]): Promise<Ended> {
  const child = spawn(node, [join(image, 'bin/quayside.js'), ...args], {
    cwd: image,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: join(volume, 'tmp'),
      QUAYSIDE_QUAY_TOKEN: quay.credentials.superuser ?? '',
      QUAYSIDE_OWNERSHIP_KEY: ownershipKey,
    },
    ...arbitrary,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('the files of the image', () => {
  test('run without the packages that they are made of', async () => {
    const { code, output } = await run('--version');
    expect({ code, output: output.trim() }).toEqual({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  test.each(['run', 'webhook', 'certs', 'release', 'plan', 'doctor'])('have the command %s', async (command) => {
    const { code, output } = await run(command, '--help');
    expect(output).toContain(`Usage: quayside ${command}`);
    expect(code).toBe(0);
  });

  test('find git, and keep state in a volume of an unknown user', async () => {
    const inputArguments = [
      '--cluster',
      join(volume, 'cluster.json'),
      '--integration',
      join(volume, 'integration.yaml'),
    ];
    const state = ['--state', join(volume, 'state')];
    const first = await run('apply', ...inputArguments, ...state);
    expect(first).toMatchObject({ code: 0 });
    // Git trusts the folder of another user of the group the second time as well.
    expect(await run('plan', ...inputArguments, ...state)).toMatchObject({ code: 0 });
    const log = execFileSync('git', ['-C', join(volume, 'state'), '-c', 'safe.directory=*', 'log', '--format=%an'], {
      encoding: 'utf8',
    });
    expect(log).toContain('Quayside');
  });

  test('were not written to', () => {
    if (!isRoot) return;
    const touched = spawnSync('find', [image, '-newer', join(volume, 'integration.yaml')], { encoding: 'utf8' });
    expect(touched.stdout).toBe('');
  });
});

describe('the list of parts', () => {
  const made = spawnSync(process.execPath, ['tools/sbom.mjs'], { cwd: root, encoding: 'utf8' });
  const bom = JSON.parse(made.stdout) as {
    components: {
      name: string;
      version: string;
      purl: string;
      licenses?: object[];
      hashes?: object[];
      properties?: object[];
    }[];
  };
  const bundled = { name: 'quayside:bundledIn', value: expect.stringMatching(/^pkg:npm\//) };

  test('names every package with version, licence and hash', () => {
    for (const component of bom.components) {
      expect(component.purl).toBe(`pkg:npm/${component.name.replace('@', '%40')}@${component.version}`);
      const source = component.properties === undefined ? { hashes: [expect.anything()] } : { properties: [bundled] };
      expect(component).toMatchObject({ licenses: [expect.anything()], ...source });
    }
  });

  test('has what is needed at run time, and not what only builds and tests', () => {
    const names = bom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['undici', 'zod', 'pino', 'simple-git', 'commander']));
    expect(names).not.toEqual(expect.arrayContaining(['jest']));
    expect(names).not.toEqual(expect.arrayContaining(['esbuild']));
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    expect(names.length).toBeGreaterThan(Object.keys(dependencies).length / 2);
  });
});
