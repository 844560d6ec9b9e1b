import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubeconfigText } from '../test/control-plane/kubeconfig.js';
import { makeServerCertificates } from '../test/control-plane/start/certificates.js';
import { fixedCluster } from '../test/fixtures/admission/fixed-cluster.js';
import { admissionLoad, type Load } from '../test/fixtures/admission/load.js';
import { type Benchmark, result } from './result.js';

const program = resolve(import.meta.dirname, '../bin/quayside.js');
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const namespaces = 1_000;
const connections = 8;
const pairs = 5;
const floods = 5;

/** A process that answers reviews, and what it uses for that. */
interface Measured {
  readonly load: Load;
  /** Microseconds of CPU so far. */
  readonly cpu: () => Promise<number>;
  readonly end: () => Promise<void>;
}

/** What one run showed, in microseconds and milliseconds. */
interface Figures {
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
}

/** The webhook beside a server of the same kind that reads and parses the body and allows everything. */
export const review: Benchmark = async () => {
  const { ca, certificate: cert, key } = await makeServerCertificates();
  const cluster = await fixedCluster(namespaces, { cert, key });
  const folder = await mkdtemp(join(tmpdir(), 'quayside-admission-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigText({ url: cluster.url, ca, token: 'none' }));
  const place = ['--port', '127.0.0.1:0', '--listen', '127.0.0.1:0', '--namespace', 'quayside'];
  const ours = await measured([program, 'webhook', '--kubeconfig', kubeconfig, ...place], ca);
  const bare = await measured([here('bare-webhook.mjs')], ca, { BENCH_CERTIFICATE: JSON.stringify({ cert, key }) });
  try {
    // Both have to be compiled to the end before they are compared.
    for (const one of [ours, bare]) await one.load.flood(10_000, connections);
    const runs: { ours: Figures; bare: Figures }[] = [];
    for (let at = 0; at < pairs; at += 1) runs.push(await pair(bare, ours));
    const middle = (of: keyof Figures): { value: number; bound: number } => {
      const sorted = [...runs].sort((a, b) => a.ours[of] / a.bare[of] - b.ours[of] / b.bare[of]);
      const pair = sorted[pairs >> 1];
      return { value: pair?.ours[of] ?? NaN, bound: pair?.bare[of] ?? NaN };
    };
    return [
      result('admission: CPU per review', { ...middle('cpu'), unit: 'µs', goal: 1.4 }),
      result('admission: p50 at 200 a second', { ...middle('p50'), unit: 'ms', goal: 1.5 }),
      result('admission: p99 at 200 a second', { ...middle('p99'), unit: 'ms', goal: 1.5 }),
    ];
  } finally {
    await Promise.all([ours.end(), bare.end()]);
    await cluster.close();
    await rm(folder, { recursive: true });
  }
};

/** One run of both, in turns. */
async function pair(bare: Measured, ours: Measured): Promise<{ bare: Figures; ours: Figures }> {
  const used: Record<'bare' | 'ours', number[]> = { bare: [], ours: [] };
  for (let at = 0; at < floods; at += 1) {
    used.bare.push(await cpuOfReview(bare));
    used.ours.push(await cpuOfReview(ours));
  }
  // What others do on the machine can only add to it.
  return {
    bare: { cpu: Math.min(...used.bare), ...(await latency(bare)) },
    ours: { cpu: Math.min(...used.ours), ...(await latency(ours)) },
  };
}

async function cpuOfReview({ load, cpu }: Measured): Promise<number> {
  const amount = 2_500;
  const before = await cpu();
  await load.flood(amount, connections);
  return ((await cpu()) - before) / amount;
}

async function latency({ load }: Measured): Promise<Pick<Figures, 'p50' | 'p99'>> {
  const taken = await load.steady(200, 5);
  const at = (share: number): number => taken[Math.ceil(taken.length * share) - 1] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Starts a process that prints a line with the port of its webhook. */
async function measured(
  args: readonly string[],
  ca: string,
  environment: Record<string, string> = {},
): Promise<Measured> {
  const child = spawn(process.execPath, ['--import', here('cpu-probe.mjs'), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout === null) throw new Error('no output');
  let places: { webhookPort: number; port?: number } | undefined;
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('"webhookPort"')) continue;
    places = JSON.parse(line) as typeof places;
    break;
  }
  // What it has to say later must not hold it up.
  child.stdout.resume();
  if (places?.port !== undefined) await ready(places.port);
  const load = admissionLoad(places?.webhookPort ?? 0, ca, namespaces);
  return {
    load,
    cpu: async () => {
      child.send('');
      const [used] = (await once(child, 'message')) as [number];
      return used;
    },
    end: async () => {
      load.close();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function ready(port: number): Promise<void> {
  for (let at = 0; at < 200; at += 1) {
    if ((await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200) return;
    await sleep(50);
  }
  throw new Error('the webhook does not become ready');
}
