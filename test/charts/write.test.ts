import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkOptions } from '../../charts/options/check.js';
import { writeManifests } from '../../charts/write.js';
import { checkObject } from '../../src/api/index.js';
import { dist, filesIn, objectsIn } from './synthesized.js';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'quayside-write-'));
  folder = join(parent, 'dist');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const root = resolve(import.meta.dirname, '../..');

/** The app as cdk8s runs it. */
const synth = (
  environment: Record<string, string>,
  ...args: readonly string[]
): { readonly status: number | null; readonly stderr: string } =>
  spawnSync(process.execPath, ['--import', 'tsx', 'charts/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CDK8S_OUTDIR: folder, ...environment },
  });

describe('the manifests', () => {
  test('in the repository are what is made now', () => {
    writeManifests(checkOptions({}), folder);
    expect(filesIn(folder)).toEqual(filesIn(dist));
  });

  test('are the same bytes every time', () => {
    const options = checkOptions({ namespace: 'elsewhere', gitUrl: 'https://git.example.com/state.git' });
    writeManifests(options, folder);
    const first = filesIn(folder);
    writeManifests(options, folder);
    expect(filesIn(folder)).toEqual(first);
  });

  test('leave nothing of those before', () => {
    writeManifests(checkOptions({}), folder);
    writeManifests(checkOptions({ disruptionBudgets: false }), folder);
    expect(readdirSync(join(folder, 'bundle/manifests')).join()).not.toContain('poddisruptionbudget');
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test('have examples of our kinds that are understood', () => {
    const names = ['quay-integration', 'quay-integration-external-sync', 'quay-organization'];
    for (const name of names) {
      for (const object of objectsIn(join(dist, 'examples', `${name}.yaml`))) {
        expect(checkObject(object)).toMatchObject({ ok: true });
      }
    }
  });

  test('hold no credential and no certificate', () => {
    const text = Object.values(filesIn(dist)).join('\n');
    expect(text).not.toMatch(/^\s*caBundle:|BEGIN |password:/m);
    expect(text).not.toMatch(/^kind: Secret$/m);
  });
});

describe('a folder', () => {
  test('with other files is not touched', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    expect(() => writeManifests(checkOptions({}), folder)).toThrow('holds other files');
    expect(filesIn(folder)).toEqual({ 'mine.txt': 'mine' });
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test('that is a file is not touched', () => {
    writeFileSync(folder, 'mine');
    expect(() => writeManifests(checkOptions({}), folder)).toThrow(/cannot be read|no such file or folder/);
  });

  test('keeps what it had when an option is wrong', () => {
    writeManifests(checkOptions({}), folder);
    const before = filesIn(folder);
    const { status, stderr } = synth({ QUAYSIDE_OPTION_IMAGE: 'example.com/quayside:latest' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^options: image: must not be latest.*\(for example .*\)\n$/);
    expect(filesIn(folder)).toEqual(before);
  });

  test('is not made when an option is wrong', () => {
    const { status } = synth({ QUAYSIDE_OPTION_OPERATOR_REPLICAS: '2' });
    expect(status).toBe(1);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('can be spared by looking at the options first', () => {
    expect(synth({ QUAYSIDE_OPTION_LOG_LEVEL: 'loud' }, '--check').status).toBe(1);
    expect(synth({}, '--check').status).toBe(0);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('gets what the environment asks for', () => {
    const { status, stderr } = synth({ QUAYSIDE_OPTION_NAMESPACE: 'elsewhere' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(filesIn(folder)['quayside.yaml']).toContain('namespace: elsewhere');
    expect(filesIn(folder)['quayside.yaml']).not.toContain('namespace: quayside');
  });
});
