import { type DestinationStream, destination as fileDescriptor, type LevelWithSilent, pino, type Logger } from 'pino';
import { TerminalError } from '../../errors/index.js';
import { printable } from '../../text/index.js';
import { errorFields, isError } from './error-fields.js';
import { boundLine } from './bound-line.js';
import { hideSecrets } from './hide-secrets.js';

/** The levels of `--log-level`, the most talkative first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What a long-running process writes its lines with. */
export type Log = Logger;

/** How a log is made. */
export interface LogOptions {
  readonly level: string;
  /** Which process speaks: `quayside-operator`. */
  readonly name: string;
  /** The credentials in use at the moment, asked before every line: they appear in none. @default - none */
  readonly secrets?: () => readonly string[];
  /** @default - stdout, written before the call returns */
  readonly destination?: DestinationStream;
}

/** A log of JSON lines, in which no credential can be read, and of which none is long, whatever somebody sent. */
export function createLog({ level, name, secrets = () => [], destination }: LogOptions): Log {
  const hide = hideSecrets(secrets);
  const describe = (thrown: unknown): unknown =>
    isError(thrown) ? errorFields(thrown, { stack: log.isLevelEnabled('debug') }) : thrown;
  const log = pino(
    {
      level: knownLevel(level),
      name,
      base: {},
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        // Under whatever name an error comes, it must not turn into `{}`.
        log: (fields) =>
          Object.values(fields).some(isError)
            ? Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, describe(value)]))
            : fields,
      },
      serializers: { err: describe, error: describe, cause: describe },
      // In this order: half a credential would not be found.
      hooks: { streamWrite: (line) => printable(boundLine(hide(line))) },
    },
    // Nothing is lost when the process ends at once.
    destination ?? fileDescriptor({ dest: 1, sync: true }),
  );
  return log;
}

function knownLevel(level: string): LevelWithSilent {
  const known = logLevels.find((one) => one === level);
  if (known !== undefined) return known;
  throw new TerminalError('InvalidLogLevel', `${JSON.stringify(level)} is no log level`, {
    hint: `Use one of ${logLevels.join(', ')}.`,
  });
}
