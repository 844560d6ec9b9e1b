import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '@quayside/simulator';
import { ownershipKey } from './ownership-key.js';
import { registryAt } from '../fixtures/registry-at.js';

const program = resolve(import.meta.dirname, '../../bin/quayside.js');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number | undefined;
  readonly finished: Promise<Finished>;
  /** Its exit code, or the signal that ended it; undefined while it runs. */
  ended(): number | string | undefined;
  kill(signal?: NodeJS.Signals): void;
  /** What it wrote to its standard output and error so far. */
  output(): string;
  /** Waits until the output so far matches, and gives what the first group caught. */
  line(pattern: RegExp): Promise<string>;
}

const own = /^(QUAYSIDE_.*|NODE_OPTIONS|(https?|all|no)_proxy)$/i;

/** Starts the built command line as a process of its own, with nothing of this process's Quayside environment and no proxy. */
export function start(
  args: readonly string[],
  options: {
    cwd: string;
    environment?: Record<string, string>;
    input?: string;
    /** What Node gets before the program. */
    node?: readonly string[];
  },
): Running {
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  const child = spawn(process.execPath, [...(options.node ?? []), program, ...args], {
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), QUAYSIDE_OWNERSHIP_KEY: ownershipKey, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, ...text }));
  return {
    pid: child.pid,
    finished,
    ended: () => child.exitCode ?? child.signalCode ?? undefined,
    kill: (signal = 'SIGKILL') => child.kill(signal),
    output: () => text.stdout + text.stderr,
    line: async (pattern) => {
      for (;;) {
        const found = pattern.exec(text.stdout);
        if (found !== null) return found[1] ?? '';
        if (child.exitCode !== null)
          throw new Error(`it ended without printing ${pattern}:\n${text.stdout}${text.stderr}`);
        await Promise.race([once(child.stdout, 'data'), finished]);
      }
    },
  };
}

/** A folder with a cluster dump and an integration, a simulated Quay, and the command line pointed at them. */
export class Fixture {
  private constructor(
    readonly folder: string,
    readonly quay: Simulator,
  ) {}

  static async open(options: SimulatorOptions = {}): Promise<Fixture> {
    const fixture = new Fixture(await mkdtemp(join(tmpdir(), 'quayside-test-')), await startSimulator(options));
    await fixture.integration();
    return fixture;
  }

  get token(): string {
    return this.quay.credentials.superuser ?? '';
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, content: string | object): Promise<string> {
    await writeFile(this.file(name), typeof content === 'string' ? content : JSON.stringify(content));
    return this.file(name);
  }

  async integration(spec: Readonly<Record<string, unknown>> & { readonly quayHostname?: string } = {}): Promise<void> {
    await this.write('integration.yaml', {
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name: 'quay' },
      spec: {
        ...registryAt(spec.quayHostname ?? this.quay.url),
        credentialsSecret: { namespace: 'quayside', name: 'quay' },
        ...spec,
      },
    });
  }

  async cluster(...items: readonly object[]): Promise<void> {
    await this.write('cluster.json', { apiVersion: 'v1', kind: 'List', items: [kubeSystem, ...items] });
  }

  /** The options that every command on the road takes. */
  readonly inputArguments = ['--cluster', 'cluster.json', '--integration', 'integration.yaml'];

  start(args: readonly string[], environment: Record<string, string> = {}): Running {
    return start(args, { cwd: this.folder, environment: { QUAYSIDE_QUAY_TOKEN: this.token, ...environment } });
  }

  async run(...args: readonly string[]): Promise<Finished> {
    return this.start(args).finished;
  }

  /** A call to the simulated Quay, as somebody with its administrator's token. */
  async ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.quay.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async close(): Promise<void> {
    await this.quay.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export const kubeSystem = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'kube-system', uid: '5b0f4f7e-2f4d-4c0c-9c3b-0d5f6a7b8c9d' },
  status: { phase: 'Active' },
};

/** An OpenShift project that is ready for use. */
export function project(name: string, more: { phase?: string; labels?: Record<string, string> } = {}): object {
  const { phase = 'Active', labels } = more;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: `uid-of-${name}`,
      ...(labels && { labels }),
      annotations: {
        'openshift.io/display-name': '',
        'openshift.io/description': '',
        'openshift.io/sa.scc.mcs': 's0:c26,c15',
      },
      ...(phase === 'Terminating' && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    status: { phase },
  };
}

export function imageStream(namespace: string, name: string): object {
  return {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name, namespace },
    spec: { lookupPolicy: { local: false } },
    status: { dockerImageRepository: `registry.example.svc:5000/${namespace}/${name}` },
  };
}
