import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Simulator, type SimulatorOptions, startSimulator } from '@quayside/simulator';
import { organizationsOf } from '../defects/organizations.js';
import { type Cluster, home } from './cluster.js';
import { conditionOf, type Condition, demandReady, imageStream, project, type Reported, secret } from './objects.js';
import { registryAt } from '../cli/registry-at.js';

export interface HarnessOptions {
  readonly simulator?: SimulatorOptions;
  /** A Quay that is there already; it is not closed with this. */
  readonly quay?: Simulator;
  /** Default: one that nobody else has. */
  readonly id?: string;
  /** Over the usual fields of the integration. */
  readonly spec?: object;
  /** A repository that is there already. Default: a bare one of its own. */
  readonly remote?: string;
}

/** A Quay, an integration with it, and the namespaces that this integration selects by a label of its own. */
export class Harness {
  /** The objects whose namespaces got image streams. */
  private readonly withStreams = new Set<string>();

  private constructor(
    readonly cluster: Cluster,
    readonly quay: Simulator,
    /** Cluster ID, name of the integration, of its Secret and of its label in one. */
    readonly id: string,
    readonly remote: string,
    private readonly ownsQuay: boolean,
  ) {}

  static async open(cluster: Cluster, options: HarnessOptions = {}): Promise<Harness> {
    const quay = options.quay ?? (await startSimulator(options.simulator));
    const id = options.id ?? `t${randomBytes(3).toString('hex')}`;
    const remote = options.remote ?? join(cluster.folder, `${id}.git`);
    if (options.remote === undefined)
      execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
    const harness = new Harness(cluster, quay, id, remote, options.quay === undefined);
    await cluster.create(secret(home, id, { token: harness.token() }), harness.integrationObject(options.spec));
    return harness;
  }

  integrationObject(spec: object = {}, name = this.id): object {
    return {
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name },
      spec: {
        clusterID: this.id,
        ...registryAt(this.quay.url),
        credentialsSecret: { namespace: home, name: this.id },
        namespaceSelector: { matchLabels: this.labels },
        interval: '2s',
        git: { url: `file://${this.remote}`, interval: '1s' },
        ...spec,
      },
    };
  }

  get labels(): Readonly<Record<string, string>> {
    return { 'example.test/bridge': this.id };
  }

  token(credential = 'superuser'): string {
    return this.quay.credentials[credential] ?? '';
  }

  /** The full name of a namespace of this bridge. */
  namespace(name: string): string {
    return `${this.id}-${name}`;
  }

  organization(name: string): string {
    return `${this.id}_${this.namespace(name)}`;
  }

  /** Creates namespaces, each with its service accounts and these image streams. */
  async projects(names: readonly string[], streams: readonly string[] = []): Promise<void> {
    const namespaces = names.map((name) => this.namespace(name));
    if (streams.length > 0) for (const name of namespaces) this.withStreams.add(`${this.id}.${name}`);
    await this.cluster.create(
      ...namespaces.flatMap((name) => [...project(name, this.labels), ...streams.map((one) => imageStream(name, one))]),
    );
  }

  async object(name: string): Promise<Reported> {
    return this.cluster.get(`${organizationsPath}/${this.id}.${this.namespace(name)}`);
  }

  async hasObject(name: string): Promise<boolean> {
    return this.cluster.has(`${organizationsPath}/${this.id}.${this.namespace(name)}`);
  }

  async integration(name = this.id): Promise<Reported> {
    return this.cluster.get(`/apis/quay.redhat.com/v1/quayintegrations/${name}`);
  }

  async condition(type: string): Promise<Condition> {
    return conditionOf(await this.integration(), type);
  }

  /** Changes the integration's spec. */
  async edit(spec: object): Promise<void> {
    await this.cluster.patch(['quayintegrations.quay.redhat.com', this.id], { spec });
  }

  async annotate(annotations: Readonly<Record<string, string | null>>): Promise<void> {
    await this.cluster.patch(['quayintegrations.quay.redhat.com', this.id], { metadata: { annotations } });
  }

  /**
   * Waits until these namespaces have all that they are to get, as their objects say: one that is made before the image
   * streams of its namespace exist is ready for a moment without their repositories.
   */
  async ready(names: readonly string[], milliseconds = 60_000): Promise<void> {
    const wanted = new Set(names.map((name) => `${this.id}.${this.namespace(name)}`));
    await this.cluster.eventually(async () => {
      const { items } = await this.cluster.get<{ items: readonly Reported[] }>(organizationsPath);
      const found = items.filter(({ metadata }) => wanted.has(metadata.name));
      const missing = [...wanted].filter((name) => !found.some(({ metadata }) => metadata.name === name));
      if (missing.length > 0) throw new Error(`no object ${missing.join(', ')}`);
      for (const object of found) {
        demandReady(object);
        await this.demandRepositories(object);
        const robots = object.status?.robots ?? [];
        if (robots.length === 0 || !robots.every(({ ready, linked }) => ready && linked))
          throw new Error(`robots of ${object.metadata.name}: ${JSON.stringify(robots)}`);
      }
    }, milliseconds);
  }

  /** Demands that an object knows every image stream that its namespace has. */
  private async demandRepositories({ metadata, spec }: Reported): Promise<void> {
    if (!this.withStreams.has(metadata.name)) return;
    const path = `/apis/image.openshift.io/v1/namespaces/${String(spec.namespace)}/imagestreams`;
    const { items } = await this.cluster.get<{ items: readonly Reported[] }>(path);
    const known = new Set((spec.repositories as readonly { name: string }[]).map(({ name }) => name));
    const missing = items.map((stream) => stream.metadata.name).filter((name) => !known.has(name));
    if (missing.length > 0) throw new Error(`${metadata.name} has no repository ${missing.join(', ')} yet`);
  }

  /** The organizations in Quay. */
  organizations(): readonly string[] {
    return organizationsOf(this.quay);
  }

  /** A call to Quay, as its administrator. */
  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.quay.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token()}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Somebody deletes an organization in Quay, and Quay's own workers finish that. */
  async loseOrganization(name: string): Promise<void> {
    await this.ask('DELETE', `/organization/${this.organization(name)}`);
    this.quay.runGarbageCollector();
  }

  /** The DELETE calls that Quay got so far. */
  deletes(): readonly string[] {
    return this.quay.requests.list().flatMap(({ method, path }) => (method === 'DELETE' ? [path] : []));
  }

  /** Takes away the integration; what it made stays. */
  async close(): Promise<void> {
    await this.cluster.delete('quayintegrations.quay.redhat.com', this.id);
    if (this.ownsQuay) await this.quay.close();
  }
}

export const organizationsPath = '/apis/quayside.dev/v1alpha1/quayorganizations';
