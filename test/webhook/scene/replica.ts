import { tmpdir } from 'node:os';
import { start, type Finished } from '../../cli/quayside.js';

/** `quayside webhook` as a process of its own. */
export interface Replica {
  /** Where it takes reviews. */
  readonly port: number;
  readonly log: () => string;
  /** Why it is not ready, or undefined when it is. */
  readonly unready: () => Promise<string | undefined>;
  /** The status of its `/livez`. */
  readonly live: () => Promise<number>;
  /** The sum over a metric's series whose labels contain the text. */
  readonly metric: (name: string, labels?: string) => Promise<number>;
  readonly finished: Promise<Finished>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Finished>;
}

/** Starts one on loopback; it listens when this resolves, and may not be ready yet. */
export async function startReplica(kubeconfig: string, args: readonly string[] = []): Promise<Replica> {
  const running = start(
    [
      'webhook',
      '--kubeconfig',
      kubeconfig,
      '--namespace',
      'quayside',
      '--port',
      '127.0.0.1:0',
      '--listen',
      '127.0.0.1:0',
      ...args,
    ],
    { cwd: tmpdir() },
  );
  const line = await running.line(/^(\{.*"msg":"listening".*\})$/m);
  const { port: operations, webhookPort: port } = JSON.parse(line) as { port: number; webhookPort: number };
  const ask = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://127.0.0.1:${operations}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    port,
    log: () => running.output(),
    unready: async () => {
      const { status, text } = await ask('/readyz').catch((error: unknown) => ({ status: 0, text: String(error) }));
      return status === 200 ? undefined : text;
    },
    live: async () => (await ask('/livez')).status,
    metric: async (name, labels = '') => {
      const series = (await ask('/metrics')).text.split('\n').filter((one) => /^[a-z]/.test(one));
      const wanted = series.filter((one) => one.split(/[ {]/)[0] === name && one.includes(labels));
      return wanted.reduce((sum, one) => sum + Number(one.slice(one.lastIndexOf(' '))), 0);
    },
    finished: running.finished,
    stop: async (signal = 'SIGTERM') => {
      running.kill(signal);
      return running.finished;
    },
  };
}
