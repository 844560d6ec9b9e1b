import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Calls, callsTo } from '../control-plane/calls.js';
import { createWith } from '../control-plane/create.js';
import { installCrds } from '../control-plane/definitions.js';
import { eventually } from '../control-plane/eventually.js';
import { installStandIns } from '../control-plane/stand-ins/install.js';
import { type OpenShift, startOpenShift } from '../control-plane/stand-ins/openshift.js';
import { type Started, startControlPlane } from '../control-plane/start.js';
import { startWithKinds } from '../control-plane/start-with-kinds.js';
import { type Operator, startOperator, type OperatorOptions } from './operator.js';

/** Where the operator and its Secrets are. */
export const home = 'quayside';

/**
 * A cluster of one test file. An operator looks after every integration of its cluster, so two files that each start one
 * cannot share.
 */
export class Cluster {
  private readonly operators: Operator[] = [];
  private readonly calls: Calls;
  private readonly createAll: (objects: readonly object[]) => Promise<void>;

  private constructor(
    readonly plane: Started,
    readonly folder: string,
    /** What builds and imports images here, where that was asked for. */
    readonly openshift?: OpenShift,
  ) {
    this.calls = callsTo(plane);
    this.createAll = createWith(this.calls);
  }

  static async open({ withStandIns = true, builds = false, isNew = false } = {}): Promise<Cluster> {
    const plane = isNew || !withStandIns ? await startControlPlane() : await startWithKinds();
    if (isNew || !withStandIns) await Promise.all([installCrds(plane), withStandIns && installStandIns(plane)]);
    await plane.kubectl(['create', 'namespace', home]);
    const folder = await mkdtemp(join(tmpdir(), 'quayside-operator-'));
    return new Cluster(plane, folder, builds ? await startOpenShift(plane, { everywhere: true }) : undefined);
  }

  /** A kubeconfig of a service account, through all that there is in front of the API server. */
  async as(namespace: string, name: string): Promise<string> {
    return (this.openshift ?? this.plane).kubeconfigFor({ namespace, name });
  }

  /** Starts an operator; one that is still running at the end of the file ends with it. */
  async start(options: OperatorOptions = {}): Promise<Operator> {
    const { plane, folder, openshift } = this;
    const operator = startOperator({
      kubeconfig: (openshift ?? plane).kubeconfig,
      folder,
      namespace: home,
      ...options,
    });
    this.operators.push(operator);
    await operator.port;
    return operator;
  }

  async installCrds(): Promise<void> {
    await installCrds(this.plane);
  }

  async stopOperators(): Promise<void> {
    await Promise.all(this.operators.splice(0).map((operator) => operator.stop()));
  }

  async create(...items: readonly object[]): Promise<void> {
    await this.createAll(items);
  }

  /** Merges a change into an object. */
  async patch(what: readonly string[], change: object, ...options: readonly string[]): Promise<void> {
    await this.plane.kubectl(['patch', ...what, '--type=merge', '-p', JSON.stringify(change), ...options]);
  }

  /** The same at a path, many times a second. */
  async merge(path: string, change: object): Promise<void> {
    await this.calls.expect('PATCH', path, change, 'application/merge-patch+json');
  }

  /** Deletes without waiting for it to be gone. */
  async delete(...what: readonly string[]): Promise<void> {
    await this.plane.kubectl(['delete', '--wait=false', '--ignore-not-found', ...what]);
  }

  /** What the API server has at a path. */
  async get<T>(path: string): Promise<T> {
    return this.calls.expect<T>('GET', path);
  }

  async has(path: string): Promise<boolean> {
    const { status, body } = await this.calls.call('GET', path);
    if (status !== 200 && status !== 404) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    return status === 200;
  }

  /** The reasons and texts of the Events about an object. */
  async events(about: string): Promise<readonly string[]> {
    const { items } = await this.get<EventList>('/apis/events.k8s.io/v1/events');
    return items.filter(({ regarding }) => regarding?.name === about).map(({ reason, note }) => `${reason}: ${note}`);
  }

  /** As `eventually`; the complaint ends with what the operators said last. */
  async eventually<T>(check: () => T | Promise<T>, milliseconds = 60_000): Promise<T> {
    try {
      return await eventually(check, milliseconds);
    } catch (error) {
      if (error instanceof Error) error.message += this.operators.map((operator) => lastLines(operator.log())).join('');
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.stopOperators();
    await this.openshift?.stop();
    this.calls.close();
    await this.plane.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

interface EventList {
  readonly items: readonly { readonly reason: string; readonly note: string; readonly regarding?: { name?: string } }[];
}

function lastLines(log: string): string {
  return `\n--- an operator's log\n${log.trimEnd().split('\n').slice(-30).join('\n')}`;
}
