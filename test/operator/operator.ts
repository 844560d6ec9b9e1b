import { start, type Finished } from '../cli/quayside.js';

export interface OperatorOptions {
  readonly kubeconfig?: string;
  readonly namespace?: string;
  /** Where its state repositories and clones lie. */
  readonly folder?: string;
  /** Without it an operator has no embedded repositories. Default: true. */
  readonly withState?: boolean;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** `quayside run` as a process of its own. */
export interface Operator {
  /** Where it serves metrics and health. */
  readonly port: Promise<string>;
  readonly log: () => string;
  /** The text at one of its addresses, and the status it came with. */
  readonly ask: (path: string) => Promise<{ readonly status: number; readonly text: string }>;
  /** The sum over a metric's series; 0 when it has none. */
  readonly metric: (name: string) => Promise<number>;
  readonly finished: Promise<Finished>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Starts the built operator. */
export function startOperator(options: Required<Pick<OperatorOptions, 'folder'>> & OperatorOptions): Operator {
  const { kubeconfig, namespace, folder, withState = true, args = [], environment = {} } = options;
  const running = start(
    [
      'run',
      ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
      ...(namespace === undefined ? [] : ['--namespace', namespace]),
      ...['--listen', '127.0.0.1:0'],
      ...(withState ? ['--state', `${folder}/state`] : []),
      // Long enough for what a test deletes in one go; the default is tried where the limit is.
      ...['--deletion-window', '4s'],
      ...args,
    ],
    { cwd: folder, environment: { QUAYSIDE_CACHE: `${folder}/cache`, ...environment } },
  );
  const port = running.line(/^(?=.*"msg":"listening").*"port":(\d+)/m);
  // Who does not ask for it need not hear that it ended before.
  port.catch(() => undefined);
  const ask: Operator['ask'] = async (path) => {
    const response = await fetch(`http://127.0.0.1:${await port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    port,
    log: () => running.output(),
    ask,
    metric: async (name) => sumOf((await ask('/metrics')).text, name),
    finished: running.finished,
    stop: async (signal = 'SIGTERM') => {
      running.kill(signal);
      return running.finished;
    },
  };
}

function sumOf(metrics: string, name: string): number {
  const series = metrics.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
