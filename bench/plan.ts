import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { exitedWith, expectExit, measured, type Run } from './process.js';
import { type Benchmark, median, result } from './result.js';
import { type Fixture, fixture } from './fixture.js';

const rounds = 5;
const leastProgram = fileURLToPath(new URL('plan-floor.mjs', import.meta.url));

/**
 * Render and plan of 1,000 namespaces × 10 image streams when nothing has changed: the whole `quayside plan` process, next to a
 * program that only parses the same dump and makes the same calls.
 */
export const plan: Benchmark = async () => {
  const at = await fixture({ namespaces: 1000, streams: 10 });
  try {
    await expectExit(0, ['apply', ...at.options], at.environment);
    const runs: Record<'floor' | 'ours', Run[]> = { floor: [], ours: [] };
    let writes = 0;
    // Turn by turn: both meet the same machine.
    for (let round = 0; round < rounds; round += 1) {
      const floor = await counted(at, () => runFloor(at));
      const ours = await counted(at, () => expectExit(0, ['plan', ...at.options], at.environment));
      if (!isDeepStrictEqual(floor.calls.byRoute, ours.calls.byRoute)) throw new Error(differing(floor, ours));
      runs.floor.push(floor.run);
      runs.ours.push(ours.run);
      writes += ours.calls.writes;
    }
    const cpu = (of: readonly Run[]): number => median(of.map((run) => run.cpuSeconds));
    return [
      result('plan: CPU against the same dump and calls', {
        value: cpu(runs.ours),
        bound: cpu(runs.floor),
        unit: 's',
        goal: 1.6,
      }),
      result('plan: memory', {
        value: Math.max(...runs.ours.map((run) => run.mebibytes)),
        bound: 256,
        unit: 'MiB',
        goal: 1,
      }),
      result('plan: calls that write', { value: writes, bound: 0, unit: 'calls', goal: 0 }),
    ];
  } finally {
    await at.remove();
  }
};

interface Counted {
  readonly run: Run;
  readonly calls: { readonly writes: number; readonly byRoute: Readonly<Record<string, number>> };
}

async function counted({ quay }: Fixture, run: () => Promise<Run>): Promise<Counted> {
  await fetch(`${quay.control}/requests`, { method: 'DELETE' });
  const finished = await run();
  return { run: finished, calls: (await (await fetch(`${quay.control}/requests`)).json()) as Counted['calls'] };
}

async function runFloor({ dump, quay, environment }: Fixture): Promise<Run> {
  return exitedWith(0, 'the floor', await measured([leastProgram, dump, quay.url], environment));
}

function differing(floor: Counted, ours: Counted): string {
  const [one, other] = [floor, ours].map(({ calls }) => JSON.stringify(calls.byRoute));
  return `the floor makes other calls than plan: ${one} and ${other}`;
}
