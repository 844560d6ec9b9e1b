import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { asInstalled } from '../../test/support/as-installed.js';

const program = resolve(import.meta.dirname, '../../bin/quayside.js');
const nodeArguments = 'QUAYSIDE_BENCH_NODE';

/** A running operator, seen from outside. */
export interface OperatorProcess {
  /** The time, in milliseconds, at which Node was started. */
  readonly started: number;
  /** CPU seconds that it has used so far, of all its threads. */
  readonly cpuSeconds: () => Promise<number>;
  /** What it has in memory now. */
  readonly mebibytes: () => Promise<number>;
  /** One series of its metrics; 0 when it is not there. */
  readonly metric: (name: string) => Promise<number>;
  /** The status of an address such as `/readyz`. */
  readonly status: (path: string) => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts the built operator; resolves once it listens. `QUAYSIDE_BENCH_NODE` has arguments for Node, to profile it. */
export async function startOperator(
  kubeconfig: string,
  folder: string,
  more: readonly string[] = [],
): Promise<OperatorProcess> {
  const started = performance.now();
  const { nodeArguments: installed, environment } = await asInstalled('quayside');
  const extra = process.env[nodeArguments]?.split(' ') ?? [];
  const child = spawn(
    process.execPath,
    [
      ...installed,
      ...extra,
      program,
      'run',
      ...['--kubeconfig', kubeconfig, '--namespace', 'quayside', '--listen', '127.0.0.1:0'],
      ...['--state', join(folder, 'state'), '--no-leader-election', '--log-level', 'info'],
      ...more,
    ],
    {
      env: { ...process.env, ...environment, QUAYSIDE_CACHE: join(folder, 'cache') },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface(child.stdout);
  const said: string[] = [];
  lines.on('line', (line) => said.push(line) > 20 && said.shift());
  const isOver = once(child, 'exit').then(() => 'over' as const);
  const port = await Promise.race([listening(lines), isOver]);
  if (port === 'over') throw new Error(`the operator ended:\n${said.join('\n')}`);
  const of = (file: string): Promise<string> => readFile(`/proc/${child.pid}/${file}`, 'utf8');
  return {
    started,
    cpuSeconds: async () => cpuSecondsIn(await of('stat')),
    mebibytes: async () => Number(/^VmRSS:\s+(\d+) kB/m.exec(await of('status'))?.[1] ?? NaN) / 1024,
    metric: async (name) => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const line = text.split('\n').find((one) => one.startsWith(`${name}{`) || one.startsWith(`${name} `));
      return line === undefined ? 0 : Number(line.slice(line.lastIndexOf(' ')));
    },
    status: async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status,
    stop: async () => {
      child.kill('SIGTERM');
      await isOver;
    },
  };
}

async function listening(lines: ReturnType<typeof createInterface>): Promise<number> {
  for (;;) {
    const [line] = (await once(lines, 'line')) as [string];
    if (!line.includes('"msg":"listening"')) continue;
    return (JSON.parse(line) as { port: number }).port;
  }
}

const ticksPerSecond = 100;

/** User and system time in a line of /proc; its second field may hold anything, in brackets. */
function cpuSecondsIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
