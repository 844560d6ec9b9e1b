import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository, type StateRepository } from '../src/git/index.js';
import { createBatcher } from '../src/kube/index.js';
import { publish } from '../src/publish/index.js';
import { bareRepository, spread } from './remote.js';
import { type Benchmark, result } from './result.js';

const writersCount = 10;
const changes = 100;
/** Within which the changes come, in milliseconds. */
const period = 60_000;
const author = { name: 'Bench', email: 'bench@example.com' };

interface Writer {
  readonly files: Map<string, string>;
  /** From a change until it is on the branch, in milliseconds. */
  readonly waits: number[];
  readonly finish: () => Promise<void>;
  readonly change: (at: number) => void;
}

/** Ten writers with a folder each, and one branch: batched and published as the operator does it. */
export const writers: Benchmark = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  try {
    const remote = bareRepository(join(folder, 'state.git'));
    const open = async (name: string): Promise<StateRepository> =>
      openRepository({ url: `file://${remote.folder}`, cacheFolder: join(folder, name) });
    const all = await Promise.all(
      Array.from({ length: writersCount }, async (_, at) => writer(`w${at}`, await open(`w${at}`))),
    );
    await spread(changes, period, (at) => all.forEach((one) => one.change(at)));
    await Promise.all(all.map(({ finish }) => finish()));
    const reader = await (await open('reader')).head();
    const there = new Map(await reader?.read(all.flatMap(({ files }) => [...files.keys()])));
    const lost = all.flatMap(({ files }) => [...files].filter(([path, text]) => there.get(path) !== text)).length;
    const waits = all.flatMap((one) => one.waits).toSorted((one, other) => one - other);
    const p95 = (waits[Math.floor(waits.length * 0.95)] ?? Infinity) / 1_000;
    const name = `writers: ${writersCount} × ${changes} changes in a minute on one branch`;
    return [
      result(`${name}, lost`, { value: lost, bound: 0, unit: 'changes', goal: 0 }),
      result(`${name}, p95 until they are there`, { value: p95, bound: 30, unit: 's', goal: 1 }),
      result(`${name}, commits`, { value: remote.commits(), bound: writersCount * 7, unit: 'commits', goal: 1 }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function writer(name: string, repository: StateRepository): Writer {
  const folder = `clusters/${name}/`;
  const files = new Map<string, string>();
  const waits: number[] = [];
  let waiting: number[] = [];
  const batcher = createBatcher({
    run: async () => {
      const taken = waiting;
      waiting = [];
      const snapshot = new Map(files);
      const { fault } = await publish({
        repository,
        render: () => Promise.resolve({ folder, files: snapshot, mayRewrite: () => true, mayDelete: () => true }),
        message: () => ({ subject: `Change ${name}` }),
        author,
      });
      if (fault === undefined) waits.push(...taken.map((since) => performance.now() - since));
      else waiting = [...taken, ...waiting];
      if (fault !== undefined) throw fault;
    },
    onFault: () => undefined,
    quiet: 2_000,
    most: 10_000,
  });
  return {
    files,
    waits,
    change: (at) => {
      files.set(`${folder}documents/${at}.yaml`, `change: ${at}\n`);
      waiting.push(performance.now());
      batcher.add();
    },
    finish: async () => {
      while (!batcher.isIdle()) await new Promise((resolve) => setTimeout(resolve, 100));
      await batcher.stop();
    },
  };
}
