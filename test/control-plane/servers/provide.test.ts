import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildServers } from './build.js';
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
  const paths = await provideServers({ KUBEBUILDER_ASSETS: folder });
  expect(paths.etcd).toBe(join(folder, 'etcd'));
});

test('when one is missing there, the cached ones are taken, and it is said', async () => {
  const assets = join(folder, 'assets');
  await fill(assets, ['etcd', 'kube-apiserver', 'kubectl']);
  const environment = { KUBEBUILDER_ASSETS: assets, XDG_CACHE_HOME: folder };
  await fill(cacheFolder(environment));
  const said: string[] = [];
  const paths = await provideServers(environment, (line) => said.push(line));
  expect(dirname(paths.etcd)).toBe(cacheFolder(environment));
  expect(said).toEqual([expect.stringContaining('does not hold all the servers')]);
});

test('the cache is outside the checkout and named after what is pinned', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toMatch(`/cache/quayside/control-plane/${kubernetesVersion()}-`);
  expect(cacheFolder({ HOME: '/home/x' })).toContain('/.cache/quayside/control-plane/');
});

test('without Go, it says what to install, and leaves no half of it behind', async () => {
  const target = join(folder, 'built');
  const said: string[] = [];
  const build = buildServers(target, (line) => said.push(line), { PATH: folder });
  await expect(build).rejects.toThrow(`Go ${goVersion()} or later`);
  await expect(build).rejects.toThrow('KUBEBUILDER_ASSETS');
  expect(said).toEqual(['building kube-apiserver (1 of 4), this takes minutes, once']);
  expect(await readdir(folder)).toEqual([]);
});
