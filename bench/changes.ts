import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitHub } from '@quayside/simulator/forge';
import { openForge } from '../src/forge/index.js';
import { openRepository } from '../src/git/index.js';
import { createBatcher } from '../src/kube/index.js';
import { splitChange } from '../src/proposal/index.js';
import { proposeChange } from '../src/review/index.js';
import { spread } from './remote.js';
import { type Benchmark, result } from './result.js';

const changes = 1_000;
/** Within which the changes come, in milliseconds. */
const period = 60_000;
const branch = 'quayside/openshift/quay';

/** A thousand changes within a minute under review: what the batcher and the proposal make of them at a forge. */
export const changesUnderReview: Benchmark = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  const standIn = await startGitHub({ folder: join(folder, 'forge'), environment: process.env });
  const credentials = { username: 'bot', password: standIn.token };
  const open = await openForge({ gitUrl: standIn.gitUrl }, { token: standIn.token });
  try {
    standIn.repository.commit('main', { 'README.md': 'The state of Quay.\n' });
    const repository = await openRepository({ url: standIn.gitUrl, cacheFolder: join(folder, 'cache'), credentials });
    const wanted = new Map<string, string>();
    const batcher = createBatcher({
      run: async () => {
        const base = await repository.head();
        if (base === undefined) throw new Error('the base branch is missing');
        const files = [...wanted].map(([path, text]) => ({ path, there: undefined, wanted: text }));
        const grow = (there: string) => ({ grown: there, losses: [] });
        await proposeChange(
          {
            ...{ repository, forge: open.forge, branch, integration: 'quay', cluster: 'openshift', grow },
            author: { name: 'Bench', email: 'bench@example.com' },
            trailers: { 'Quayside-Cluster': 'openshift', 'Quayside-Integration': 'quay' },
            labels: [],
          },
          {
            base,
            files: splitChange(files, grow),
            content: ({ writes }) =>
              Promise.resolve({
                subject: `write ${writes.size}`,
                isDestructive: false,
                plan: (most) => [...writes.keys()].join('\n').slice(0, most),
                remarks: [],
              }),
            released: false,
          },
        );
      },
      onFault: (error) => process.stderr.write(`${String(error)}\n`),
      quiet: 2_000,
      most: 10_000,
    });
    await spread(changes, period, (at) => {
      wanted.set(`clusters/openshift/organizations/n${at}.yaml`, `change: ${at}\n`);
      batcher.add();
    });
    while (!batcher.isIdle()) await new Promise((resolve) => setTimeout(resolve, 100));
    await batcher.stop();
    const proposed = standIn.repository.git(['ls-tree', '-r', '--name-only', branch]).split('\n').length - 1;
    const name = `changes: ${changes} in a minute under review`;
    return [
      result(`${name}, not proposed`, { value: changes - proposed, bound: 0, unit: 'changes', goal: 0 }),
      result(`${name}, pushes`, { value: standIn.pushes(), bound: 7, unit: 'pushes', goal: 1 }),
      result(`${name}, requests`, { value: standIn.requests.all().length, bound: 1, unit: 'requests', goal: 1 }),
    ];
  } finally {
    await open.close();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  }
};
