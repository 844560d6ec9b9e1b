import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { type Benchmark, median, result } from './result.js';

const rounds = 5;

// A script without types.
const bundled: string = '../tools/bundle.mjs';

interface Measured {
  readonly importMilliseconds: number;
  readonly renderMilliseconds: number;
  readonly mebibytes: number;
}

/** What a registry costs: to load what renders one, to render one, and to keep the models of 200. */
export const registry: Benchmark = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-registry-'));
  try {
    // Bundled as the command line is, which decides how long loading takes.
    const { bundle } = (await import(bundled)) as { readonly bundle: object };
    await build({ ...bundle, entryPoints: { measured: 'bench/registry/measured.ts' }, outdir: folder });
    const all: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) all.push(await measure(join(folder, 'measured.js')));
    const middle = (name: keyof Measured): number => median(all.map((each) => each[name]));
    return [
      result('registry: CPU of loading what renders one', {
        value: middle('importMilliseconds'),
        bound: 150,
        unit: 'ms',
        goal: 1,
      }),
      result('registry: CPU of rendering one', { value: middle('renderMilliseconds'), bound: 30, unit: 'ms', goal: 1 }),
      result('registry: memory of a model, of 200', { value: middle('mebibytes'), bound: 1, unit: 'MiB', goal: 1 }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};

async function measure(program: string): Promise<Measured> {
  const child = spawn(process.execPath, ['--expose-gc', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close') as Promise<[number]>;
  const output = await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`measuring a registry ended with ${code}`);
  return JSON.parse(output) as Measured;
}
