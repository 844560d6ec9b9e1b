import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { servers } from './list.js';
import { cacheFolder, goVersion, kubernetesVersion } from './pinned.js';
import { provideServers } from './provide.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servers-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function fill(target: string, names: readonly string[] = servers.map(({ name }) => name)): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of names) await writeFile(join(target, name), '', { mode: 0o755 });
}

test('the servers of KUBEBUILDER_ASSETS are taken when all are there', async () => {
  await fill(folder);
  const said: string[] = [];
  const paths = await provideServers({ KUBEBUILDER_ASSETS: folder }, (line) => said.push(line));
  expect(new Set(Object.values(paths).map((path) => dirname(path)))).toEqual(new Set([folder]));
  expect(said).toEqual([]);
});

test('when the controller manager is missing there, only that is taken from the cache, and it is said', async () => {
  const assets = join(folder, 'assets');
  await fill(assets, ['etcd', 'kube-apiserver', 'kubectl']);
  const environment = { KUBEBUILDER_ASSETS: assets, XDG_CACHE_HOME: folder };
  await fill(cacheFolder(environment));
  const said: string[] = [];
  const paths = await provideServers(environment, (line) => said.push(line));
  expect(dirname(paths['kube-apiserver'])).toBe(assets);
  expect(dirname(paths['kube-controller-manager'])).toBe(cacheFolder(environment));
  expect(said).toEqual([`KUBEBUILDER_ASSETS (${assets}) lacks kube-controller-manager: ours is used for that`]);
});

test('a folder that holds none of them is said as well', async () => {
  const environment = { KUBEBUILDER_ASSETS: join(folder, 'typo'), XDG_CACHE_HOME: folder };
  await fill(cacheFolder(environment));
  const said: string[] = [];
  await provideServers(environment, (line) => said.push(line));
  expect(said).toEqual([expect.stringContaining('holds none of the servers')]);
});

test('the cache is outside the checkout and named after what is pinned', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toMatch(`/cache/quayside/control-plane/${kubernetesVersion()}-`);
  expect(cacheFolder({ HOME: '/home/x' })).toContain('/.cache/quayside/control-plane/');
});

test('without Go, it says at once what to install or to set', async () => {
  const said: string[] = [];
  const provided = provideServers({ PATH: folder, XDG_CACHE_HOME: folder }, (line) => said.push(line));
  await expect(provided).rejects.toThrow('there is no `go` on the PATH');
  await expect(provided).rejects.toThrow(`Install Go ${goVersion()} or later`);
  await expect(provided).rejects.toThrow('KUBEBUILDER_ASSETS');
  await expect(provided).rejects.toThrow('npm run test:unit');
  expect(said).toEqual([]);
});

describe('a build', () => {
  /** A `go` that builds, or fails to build, by this line of shell. */
  async function goThat(does: string): Promise<NodeJS.ProcessEnv> {
    const bin = join(folder, 'bin');
    await mkdir(bin, { recursive: true });
    const script = `#!/bin/sh\n[ "$1" = version ] && exit\nwhile [ "$1" != -o ]; do shift; done\n${does}\n`;
    await writeFile(join(bin, 'go'), script, { mode: 0o755 });
    return { PATH: `${bin}:/usr/bin:/bin`, XDG_CACHE_HOME: folder };
  }

  test('fills the cache, tells how far it is, and is not repeated', async () => {
    const environment = await goThat('echo some/package >&2; echo > "$2"; chmod +x "$2"');
    const said: string[] = [];
    const paths = await provideServers(environment, (line) => said.push(line));
    expect(dirname(paths.etcd)).toBe(cacheFolder(environment));
    expect(said).toHaveLength(servers.length);
    expect(said[0]).toBe('building kube-apiserver (1 of 4); this takes minutes, once');
    expect(await readdir(dirname(cacheFolder(environment)))).toHaveLength(1);
    await provideServers({ XDG_CACHE_HOME: folder, PATH: '' }, (line) => said.push(line));
    expect(said).toHaveLength(servers.length);
  });

  test('that fails says why, without what went well, and leaves no half of it behind', async () => {
    const environment = await goThat('echo some/package >&2; echo "go: no space left" >&2; exit 1');
    const failure = await provideServers(environment, () => undefined).catch(String);
    expect(failure).toContain('k8s.io/kubernetes/cmd/kube-apiserver: go: no space left');
    expect(failure).not.toContain('some/package');
    expect(await readdir(cacheFolder(environment))).toEqual([]);
  });

  test('that was cut goes on where it was, and clears what was left', async () => {
    const environment = await goThat('case "$2" in *etcd) exit 1;; esac; echo > "$2"; chmod +x "$2"');
    const cache = cacheFolder(environment);
    await mkdir(`${cache}.unfinished-killed`, { recursive: true });
    await expect(provideServers(environment, () => undefined)).rejects.toThrow('etcd');
    await goThat('echo > "$2"; chmod +x "$2"');
    const said: string[] = [];
    await provideServers(environment, (line) => said.push(line));
    expect(said).toEqual(['building etcd (1 of 1); this takes minutes, once']);
    expect(await readdir(dirname(cache))).toHaveLength(1);
  });
});
