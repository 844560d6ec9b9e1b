import { TerminalError } from '../errors/index.js';
import { type Log } from './log/log.js';

/** The end of a process that was asked for from outside. */
export interface Shutdown {
  /** Aborted by the first SIGTERM or SIGINT. */
  readonly signal: AbortSignal;
  /** To be called when all work has ended: signals do again what they do by default. */
  readonly done: () => void;
}

/** What listening for the end takes. */
export interface ShutdownOptions {
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Seconds from the first signal after which the process ends, finished or not. @default 25, as Kubernetes kills after 30 */
  readonly deadline?: number;
  /** What is still being waited for, in words. */
  readonly unfinished?: () => string | undefined;
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 };
type EndSignal = keyof typeof exitCodes;

/** Lets the first signal end the work in good order, and the second one end the process at once. */
export function onShutdown({ log, deadline = 25, unfinished }: ShutdownOptions): Shutdown {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const handle = (signal: EndSignal): void => {
    if (controller.signal.aborted) {
      log.warn({ signal }, `exiting at once: received ${signal} twice`);
      process.exit(exitCodes[signal]);
    }
    log.info({ signal, deadline }, `shutting down: received ${signal}`);
    timer = setTimeout(() => {
      log.error({ deadline, unfinished: unfinished?.() }, `exiting with unfinished work after ${deadline} seconds`);
      process.exit(1);
    }, deadline * 1_000);
    controller.abort(new TerminalError('Interrupted', `received ${signal}`));
  };
  process.on('SIGTERM', handle).on('SIGINT', handle);
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      process.off('SIGTERM', handle).off('SIGINT', handle);
    },
  };
}
