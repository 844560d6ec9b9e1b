// A process of its own that starts programs on request. When its standard input closes, because it was told so or because
// the process at the other end died in whatever way, it ends them all and removes their folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Order, Report } from './messages.ts';

const folder = process.argv[2];
const running = new Map<string, ChildProcess>();
let closing = false;

function start(order: Extract<Order, { start: string }>): void {
  const name = order.start;
  const log = openSync(order.log, 'a');
  // They live for a minute or two: a third of what they compute would be the collection of garbage that ends with them.
  const env = { ...process.env, GOGC: '400' };
  const child = spawn(order.command, order.args, { cwd: folder, env, stdio: ['ignore', log, log] });
  closeSync(log);
  running.set(name, child);
  child.once('spawn', () => tell({ started: name, pid: child.pid ?? 0 }));
  child.once('error', (error) => ended(name, error.message));
  child.once('exit', (code, signal) => ended(name, signal ?? `exit code ${code}`));
}

function ended(name: string, why: string): void {
  if (!running.delete(name)) return;
  tell({ ended: name, why });
  if (closing && running.size === 0) leave();
}

/** Nothing that they hold is worth an orderly end. */
function close(): void {
  closing = true;
  if (running.size === 0) leave();
  for (const child of running.values()) child.kill('SIGKILL');
}

function leave(): never {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.exit();
}

function tell(report: Report): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

// Nobody may be listening any more.
process.stdout.on('error', () => undefined);
process.on('SIGTERM', close);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order = JSON.parse(line) as Order;
    if ('start' in order) start(order);
    else running.get(order.end)?.kill('SIGKILL');
  })
  .on('close', close);
