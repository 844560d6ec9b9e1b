import { styleText } from 'node:util';
import { abuse } from './abuse.js';
import { apply } from './apply.js';
import { changesUnderReview } from './changes.js';
import { cold } from './cold.js';
import { commit } from './commit.js';
import { event } from './event.js';
import { feed } from './feed.js';
import { growth } from './growth.js';
import { memory } from './memory.js';
import { createLargeCluster } from './operator/large-cluster.js';
import { plan } from './plan.js';
import { queue } from './queue.js';
import { registry } from './registry.js';
import type { Benchmark, Result } from './result.js';
import { review } from './review.js';
import { start } from './start.js';
import { resync } from './resync.js';
import { synth } from './synth.js';
import { writers } from './writers.js';

// What takes minutes to set up serves all benchmarks that need it.
const cluster = createLargeCluster();
const benchmarks: Readonly<Record<string, Benchmark>> = {
  plan,
  growth,
  commit,
  apply,
  admission: review,
  abuse,
  start,
  event,
  cold: cold(cluster),
  resync: resync(cluster),
  feed,
  memory,
  queue: queue(cluster),
  synth,
  registry,
  writers,
  changes: changesUnderReview,
};

function table(results: readonly Result[]): string {
  const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const rows = results.map((result) => [
    result.name,
    `${round(result.value)} ${result.unit}`,
    `${round(result.bound)} ${result.unit}`,
    round(result.ratio),
    `≤ ${result.goal}`,
    result.holds ? 'holds' : 'missed',
  ]);
  const all = [['name', 'value', 'bound', 'ratio', 'goal', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const json = process.argv.includes('--json');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}\n`);
  process.exit(1);
}

const results: Result[] = [];
try {
  for (const [name, run] of Object.entries(benchmarks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(styleText('dim', `running ${name} …\n`, { stream: process.stderr }));
    results.push(...(await run()));
  }
} finally {
  await cluster.close();
}
process.stdout.write(`${json ? JSON.stringify(results) : table(results)}\n`);
process.exitCode = results.every((result) => result.holds) ? 0 : 1;
