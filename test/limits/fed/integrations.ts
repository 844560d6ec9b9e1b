import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { home } from '../../fixtures/operator/cluster.js';
import { conditionOf, type Reported } from '../../fixtures/operator/objects.js';
import { git } from '../../fixtures/operator/people.js';
import { registryAt } from '../../fixtures/registry-at.js';
import { serveHTTP } from '../../support/loopback.js';
import { type Fed, type Feedings, patience } from './fed.js';
import { gitServers } from './git-servers.js';

let made = 0;

/** An integration of its own with such a state repository, until it says why that cannot be used. */
async function integrate(
  { scene: { cluster, quay }, author }: Fed,
  git: object,
  { type = 'Ready', reason, before }: { type?: string; reason: string; before?: () => Promise<void> },
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
    conditionOf(await cluster.get<Reported>(`/apis/quay.redhat.com/v1/quayintegrations/${name}`), type);
  await before?.();
  const told = await cluster.eventually(async () => {
    const { message, ...ready } = await condition();
    expect(ready).toMatchObject({ status: type === 'Ready' ? 'False' : 'True', reason });
    return message;
  }, patience);
  // Else it is tried every two seconds as long as the other tests go on.
  await cluster.delete('quayintegrations.quay.redhat.com', name);
  return told;
}

const served =
  (row: keyof typeof gitServers, reason: string) =>
  async (fed: Fed): Promise<void> => {
    const server = await serveHTTP(gitServers[row]);
    const message = await integrate(fed, { url: `${server.url}/state.git` }, { reason });
    expect(message.length).toBeLessThan(2 * limits.gitWords);
    await server.close();
  };

/** A file of the embedded repository, which all integrations without a remote share, is not what git left there. */
async function corrupt(fed: Fed, branch: string, path: string, bytes: number): Promise<void> {
  const repository = join(fed.scene.folder, 'state', 'state.git');
  const before = async (): Promise<void> => {
    await fed.scene.cluster.eventually(async () =>
      expect(await readdir(join(repository, 'refs', 'heads'))).toContain(branch),
    );
    await writeFile(join(repository, path), '');
    await truncate(join(repository, path), bytes);
  };
  await integrate(fed, { branch }, { reason: 'GitRepositoryCorrupt', before });
}

let refs: Promise<void> | undefined;
const corruptRef = (fed: Fed): Promise<void> =>
  (refs ??= corrupt(fed, 'refs-of-size', 'refs/heads/refs-of-size', limits.gitRefBytes + 1));

/** By the authors of integrations, and by the Git servers that they name. */
export const integrationFeedings: Feedings<Fed> = {
  gitWords: served('gitWords', 'GitFailed'),
  gitMemory: served('gitMemory', 'OutOfMemory'),
  gitSilence: served('gitSilence', 'GitUnreachable'),
  gitRefBytes: corruptRef,
  gitConfigBytes: async (fed) => {
    await corruptRef(fed);
    await corrupt(fed, 'config-of-size', 'config', limits.gitConfigBytes + 1);
  },
  pathBytes: async (fed) => {
    const url = `file://${fed.scene.folder}/path.git`;
    git(fed.scene.folder, 'init', '--quiet', '--bare', 'path.git');
    const path = 'x/'.repeat(limits.pathBytes / 2);
    const told = { type: 'StateInvalid', reason: 'StateInvalid' };
    expect(await integrate(fed, { url, path }, told)).toMatch(/^x\/x\//);
  },
};
