import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const program = join(root, 'bin/quayside.js');

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Largest resident set. */
  readonly mebibytes: number;
}

/** Runs `quayside` as its own process and measures it whole, from start to exit. */
export function quayside(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Run> {
  return measured([program, ...args], environment);
}

/** Runs a Node program and measures it whole. */
export async function measured(
  program: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-usage-'));
  const usage = join(folder, 'usage.json');
  const start = performance.now();
  const probe = fileURLToPath(new URL('usage.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--import', probe, ...program], {
    env: { ...process.env, ...environment, BENCH_USAGE: usage },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number];
  const seconds = (performance.now() - start) / 1000;
  const used = JSON.parse(await readFile(usage, 'utf8')) as { cpuSeconds: number; mebibytes: number };
  await rm(folder, { recursive: true });
  return { code, ...text, seconds, ...used };
}

/** The same, where anything but the expected exit code is an error. */
export async function expectExit(
  code: number,
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Run> {
  return exitedWith(code, `quayside ${args.join(' ')}`, await quayside(args, environment));
}

/** The run, unless it ended with another exit code. */
export function exitedWith(code: number, what: string, run: Run): Run {
  if (run.code === code) return run;
  const said = `${run.stdout.slice(-2000)}\n${run.stderr.slice(-2000)}`;
  throw new Error(`${what} exited ${run.code} instead of ${code}:\n${said}`);
}

export interface SimulatedQuay {
  readonly url: string;
  readonly control: string;
  /** Of a superuser. */
  readonly token: string;
  /** Of the same account, without the right to read the audit log. */
  readonly plainToken: string;
  stop(): Promise<void>;
}

/** A simulated Quay in its own process. */
export async function simulatedQuay(): Promise<SimulatedQuay> {
  const child: ChildProcess = spawn(
    process.execPath,
    [program, 'simulate', '--scenario', join(root, 'bench/registry.json')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, control, credentials } = JSON.parse(line) as {
    url: string;
    control: string;
    credentials: Record<string, string>;
  };
  return {
    url,
    control,
    token: credentials.superuser ?? '',
    plainToken: credentials.plain ?? '',
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
