import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { home } from '../../fixtures/operator/cluster.js';
import { conditionOf, type Reported } from '../../fixtures/operator/objects.js';
import { registryAt } from '../../fixtures/registry-at.js';
import { serveHTTP } from '../../support/loopback.js';
import { type Fed, type Feedings, patience } from './fed.js';
import { gitServers } from './git-servers.js';

let made = 0;

/** An integration of its own with such a state repository, until it says why that cannot be used. */
async function integrate(
  { scene: { cluster, quay }, author }: Fed,
  git: object,
  { reason, before }: { reason: string; before?: (name: string) => Promise<void> },
): Promise<string> {
  made += 1;
  const name = `size-${made}`;
  await author.create({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name },
    spec: {
      clusterID: name,
      ...registryAt(quay.url),
      credentialsSecret: { namespace: home, name: 'hostile' },
      allowlistNamespaces: ['nowhere'],
      git: { interval: '2s', ...git },
    },
  });
  const condition = async () =>
    conditionOf(await cluster.get<Reported>(`/apis/quay.redhat.com/v1/quayintegrations/${name}`), 'Ready');
  await before?.(name);
  return cluster.eventually(async () => {
    const { message, ...ready } = await condition();
    expect(ready).toMatchObject({ status: 'False', reason });
    return message;
  }, patience);
}

const served =
  (row: keyof typeof gitServers, reason: string) =>
  async (fed: Fed): Promise<void> => {
    const server = await serveHTTP(gitServers[row]);
    const message = await integrate(fed, { url: `${server.url}/state.git` }, { reason });
    expect(message.length).toBeLessThan(2 * limits.gitWords);
    await server.close();
  };

/** A file of an embedded repository is not what git left there. */
const corrupt =
  (path: string, bytes: number) =>
  async (fed: Fed): Promise<void> => {
    const folder = join(fed.scene.folder, 'state');
    const before = async (name: string): Promise<void> =>
      fed.scene.cluster.eventually(async () => {
        const found = (await readdir(folder)).find((one) => one.includes(name)) ?? '';
        const repository = join(folder, found, 'state.git');
        expect(await readdir(join(repository, 'refs', 'heads'))).toContain('main');
        await writeFile(join(repository, path), '');
        await truncate(join(repository, path), bytes);
      });
    await integrate(fed, {}, { reason: 'GitRepositoryCorrupt', before });
  };

/** By the authors of integrations, and by the Git servers that they name. */
export const integrationFeedings: Feedings<Fed> = {
  gitWords: served('gitWords', 'GitFailed'),
  gitMemory: served('gitMemory', 'OutOfMemory'),
  gitSilence: served('gitSilence', 'GitUnreachable'),
  gitRefBytes: corrupt('refs/heads/main', limits.gitRefBytes + 1),
  gitConfigBytes: corrupt('config', limits.gitConfigBytes + 1),
  pathBytes: async (fed) => {
    expect(await integrate(fed, { path: 'x/'.repeat(limits.pathBytes / 2) }, { reason: 'UnsafePath' })).toMatch(
      /is too long/,
    );
  },
};
