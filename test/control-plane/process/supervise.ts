import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Order, Report } from './messages.js';

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** File that gets its output, appended. */
  readonly log: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves with the reason once the program has ended. */
  readonly ended: Promise<string>;
  /** Ends it at once and waits until it is gone. */
  readonly end: () => Promise<void>;
}

export interface Supervisor {
  readonly run: (program: Program) => Promise<Running>;
  /** Ends all programs, removes the folder, and waits until both are done. */
  readonly close: () => Promise<void>;
}

/** Starts a supervisor whose programs and folder never outlive this process, even when it is killed. */
export function supervise(folder: string): Supervisor {
  const script = join(import.meta.dirname, 'supervisor.ts');
  // Detached, so that Ctrl-C in a terminal does not reach it before it has cleaned up.
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const gone = once(child, 'exit');
  child.stdin.on('error', () => undefined);
  const listeners = new Map<string, (report: Report) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const report = JSON.parse(line) as Report;
    listeners.get('started' in report ? report.started : report.ended)?.(report);
  });
  const order = (value: Order): void => void child.stdin.write(`${JSON.stringify(value)}\n`);

  return {
    run: (program) =>
      new Promise((resolve, reject) => {
        let setEnded: (why: string) => void = () => undefined;
        const ended = new Promise<string>((settle) => (setEnded = settle));
        const end = async (): Promise<void> => {
          order({ end: program.name });
          await ended;
        };
        void gone.then(() => setEnded('its supervisor is gone'));
        listeners.set(program.name, (report) => {
          if ('started' in report) return resolve({ pid: report.pid, ended, end });
          setEnded(report.why);
          reject(new Error(`${program.name} cannot be started: ${report.why}`));
        });
        order({ start: program.name, command: program.command, args: program.args, log: program.log });
      }),
    close: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
