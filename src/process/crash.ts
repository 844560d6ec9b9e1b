import { type Log } from './log/log.js';

/** Makes a fault that nobody caught end the process with a line in the log, where credentials are hidden, not with a dump. */
export function logCrashes(log: Pick<Log, 'fatal'>): void {
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'exiting: unexpected error');
    process.exit(1);
  });
}
