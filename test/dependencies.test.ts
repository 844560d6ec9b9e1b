import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Locked {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly license?: string;
}

const lock = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const installed = Object.entries(lock.packages).filter(
  // A package of the workspace, and one that another package brings along with its own digest, are not fetched.
  ([path, { link, inBundle }]) =>
    /(^|\/)node_modules\/[^/]+(\/[^/]+)?$/.test(path) && link !== true && inBundle !== true,
);

/** What a package that is part of the image may be licensed under. */
const licences = ['Apache-2.0', 'MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'PSF-2.0', 'Unlicense'];

describe('the locked dependencies', () => {
  test('are fetched with a SHA-512 digest each', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(
      installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([path]) => path),
    ).toEqual([]);
  });

  test('run a program at installation only where it is known what for', () => {
    const known = [
      '@parcel/watcher', // chooses its binary for this machine, as the three below do
      '@swc/core',
      'esbuild',
      'unrs-resolver',
      'node', // fetches nothing: takes the package with the binary of Node for this machine
    ];
    const found = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(found.map(([path]) => path.replace('node_modules/', '')).sort()).toEqual(known.sort());
  });

  test('have licences that the image may be distributed with', () => {
    const shipped = installed.filter(([, { dev }]) => dev !== true);
    expect(shipped.length).toBeGreaterThan(50);
    const others = shipped.filter(([, { license = '' }]) => !licences.includes(license));
    expect(others.map(([path, { license }]) => `${path} ${license}`)).toEqual([]);
  });
});
