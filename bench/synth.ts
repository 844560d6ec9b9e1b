import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Benchmark, median, result } from './result.js';

const root = resolve(import.meta.dirname, '..');
const rounds = 7;

/** `cdk8s synth` of all manifests, next to that of an empty app that loads the same libraries. */
export const synth: Benchmark = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-synth-'));
  try {
    const times = { ours: [] as number[], empty: [] as number[] };
    // The first of each fills the caches of the disk and of the transpiler; turn by turn, both meet the same machine.
    for (let round = 0; round <= rounds; round += 1) {
      const empty = await synthesize('bench/empty-app.ts', join(folder, 'empty'));
      const ours = await synthesize('charts/main.ts', join(folder, 'ours'));
      if (round === 0) continue;
      times.empty.push(empty);
      times.ours.push(ours);
    }
    const manifests = await readFile(join(folder, 'ours/quayside.yaml'), 'utf8');
    if (!manifests.includes('kind: Deployment')) throw new Error('the manifests are not there');
    const value = median(times.ours);
    return [result('synth: cdk8s synth', { value, bound: median(times.empty), unit: 's', goal: 1.15 })];
  } finally {
    await rm(folder, { recursive: true });
  }
};

async function synthesize(app: string, output: string): Promise<number> {
  const cdk8s = join(root, 'node_modules/.bin/cdk8s');
  const args = [
    'synth',
    '--check-upgrade=false',
    '--app',
    `"${process.execPath}" --import tsx ${app}`,
    '--output',
    output,
  ];
  const start = performance.now();
  const child = spawn(process.execPath, [cdk8s, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`cdk8s synth of ${app} ended with ${code}`);
  return (performance.now() - start) / 1000;
}
