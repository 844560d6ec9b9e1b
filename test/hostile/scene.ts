import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '@quayside/simulator';
import { callsTo } from '../control-plane/calls.js';
import { createWith } from '../control-plane/create.js';
import type { ServiceAccountRef } from '../control-plane/control-plane.js';
import { applyConfiguration } from '../fixtures/admission/installed.js';
import { type Replica, startReplica } from '../fixtures/admission/replica.js';
import { install, type Installed } from '../fixtures/granted.js';
import { type Cluster, home } from '../fixtures/operator/cluster.js';
import { Harness } from '../fixtures/operator/harness.js';
import { type Reported, secret } from '../fixtures/operator/objects.js';
import type { Operator } from '../fixtures/operator/operator.js';
import { asInstalled } from '../support/as-installed.js';
import { type MemoryGroup, memoryGroup } from '../support/memory-group.js';
import { startRelay } from '../support/tls-relay.js';
import { askAs, withPeople } from '../trust/people.js';
import { type Recorded, recorded } from '../trust/recorded.js';
import { openSink, type Sink } from '../trust/sink.js';
import { type ChildArguments, watchArguments } from './child-arguments.js';

/** A Secret of this name is planted in every namespace; no attacker may get its value out. */
export const canary = 'canary';

/** An installation as people have it, with everything running under the account that it is installed with. */
export class Scene {
  readonly folder: string;
  /** Planted values, by what they are. */
  readonly secrets: Record<string, string> = {};
  readonly operators: Operator[] = [];
  readonly arguments: ChildArguments[] = [];
  /** What the operator and all that it starts have together, where this machine lets a test say so. */
  group: MemoryGroup | undefined;

  private constructor(
    readonly installed: Installed,
    readonly harness: Harness,
    readonly quay: Recorded,
    readonly sink: Sink,
    readonly webhook: Replica,
    private readonly relay: { readonly stop: () => void },
  ) {
    this.folder = this.cluster.folder;
  }

  static async open(id: string): Promise<Scene> {
    const installed = await install({ credentialsSecret: id });
    const simulator = await startSimulator(withPeople);
    const [quay, sink] = await Promise.all([recorded(simulator.url), openSink()]);
    const { webhook, relay } = await serveWebhook(installed);
    // As many robots as a namespace has service accounts: those of the projects are named by default.
    const serviceAccounts = [
      { name: 'builder', role: 'write' },
      ...['default', 'deployer', '*'].map((name) => ({ name, role: 'read' })),
    ];
    const spec = { quayHostname: quay.url, insecureRegistry: true, serviceAccounts };
    const harness = await Harness.open(installed.cluster, { id, quay: simulator, spec });
    const scene = new Scene(installed, harness, quay, sink, webhook, relay);
    await mkdir(scene.temporary);
    await scene.start();
    return scene;
  }

  get cluster(): Cluster {
    return this.installed.cluster;
  }

  get simulator(): Simulator {
    return this.harness.quay;
  }

  /** Where the operator has its temporary files. */
  get temporary(): string {
    return join(this.folder, 'tmp');
  }

  /** Starts an operator as the Deployment does, with no more memory than that gives it. */
  async start(): Promise<Operator> {
    const { as, argsOf } = this.installed;
    const { nodeArguments, environment, memory } = await asInstalled('quayside');
    this.group ??= memoryGroup(memory);
    const node = [...(this.group?.node ?? []), ...nodeArguments];
    const args = [...argsOf('Deployment', /^quayside$/), '--hooks', '127.0.0.1:0'];
    const options = { kubeconfig: await as('quayside'), args, node };
    const operator = await this.cluster.start({
      ...options,
      environment: { ...environment, TMPDIR: this.temporary },
    });
    this.operators.push(operator);
    this.arguments.push(watchArguments(operator.pid ?? 0));
    return operator;
  }

  /** Plants a Secret under every key that somebody could name. */
  async plant(namespace: string, name = canary, more: object = {}): Promise<void> {
    const value = randomBytes(30).toString('base64url').replaceAll(/[-_]/g, 'x');
    const keys = ['token', 'password', 'username', 'identity', 'value', 'ca.crt'];
    const object = secret(namespace, name, Object.fromEntries(keys.map((key) => [key, value])));
    await this.cluster.create({ ...object, ...more });
    // The value of a namespace that was made again is another one; the first may stand nowhere either.
    const place = `${namespace}/${name}`;
    this.secrets[place in this.secrets ? `${place}, made again` : place] = value;
  }

  /** Plants one in every namespace that has none, attackers' and tenants' as well as the system's. */
  async plantEverywhere(): Promise<void> {
    const { items } = await this.cluster.get<{ items: readonly Reported[] }>('/api/v1/namespaces');
    const alive = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    await Promise.all(
      alive.map(async ({ metadata: { name } }) => {
        if (!(await this.cluster.has(`/api/v1/namespaces/${name}/secrets/${canary}`))) await this.plant(name);
      }),
    );
  }

  /** Makes namespaces of tenants, with a Secret planted in each. */
  async projects(names: readonly string[], streams: readonly string[] = []): Promise<void> {
    await this.harness.projects(names, streams);
    await Promise.all(names.map((name) => this.plant(this.harness.namespace(name))));
  }

  /** Somebody with these rights and no others, in the whole cluster or within one namespace. */
  async attacker(name: string, rules: readonly object[], within?: string): Promise<Attacker> {
    const account = { namespace: 'attackers', name };
    const api = 'rbac.authorization.k8s.io';
    const kind = within === undefined ? 'ClusterRole' : 'Role';
    const metadata = { name, ...(within !== undefined && { namespace: within }) };
    const binding = (roleRef: object): object => ({
      apiVersion: `${api}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: api, ...roleRef },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    });
    await this.cluster.create(
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account },
      { apiVersion: `${api}/v1`, kind, metadata, rules },
      binding({ kind, name }),
    );
    const { url, ca } = this.cluster.plane;
    const calls = callsTo({ url, ca, token: await this.cluster.plane.tokenFor(account) });
    const create = createWith(calls);
    // The API server hears of a binding a moment after it was written.
    if (within !== undefined)
      await this.cluster.eventually(async () => {
        const { status } = await calls.call('GET', `/api/v1/namespaces/${within}/secrets`);
        if (status !== 200) throw new Error(`${name} has no rights yet`);
      });
    return { account, create: (...objects) => create(objects), call: calls.call, close: calls.close };
  }

  /** What all operators logged. */
  log(): string {
    return this.operators.map((operator) => operator.log()).join('');
  }

  /** Does something that no operator sees happen: it finds it done when the next one starts. The one that runs is killed. */
  async pausing(work: () => Promise<void>): Promise<void> {
    await this.operators.at(-1)?.stop('SIGKILL');
    await work();
    await this.start();
  }

  /** A call to Quay as a user who is nobody else's. */
  async asPerson<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    return askAs<T>(this.simulator, 'ann', method, path, body);
  }

  async close(): Promise<void> {
    this.arguments.forEach(({ stop }) => stop());
    this.relay.stop();
    await this.webhook.stop();
    await this.cluster.close();
    this.group?.close();
    await Promise.all([this.simulator.close(), this.quay.close(), this.sink.close()]);
  }
}

export interface Attacker {
  readonly account: ServiceAccountRef;
  readonly create: (...objects: readonly object[]) => Promise<void>;
  readonly call: ReturnType<typeof callsTo>['call'];
  readonly close: () => void;
}

/** Starts the webhook under its account, and has the API server call it. */
async function serveWebhook(installed: Installed): Promise<{ webhook: Replica; relay: { stop: () => void } }> {
  const { cluster, as, argsOf, objects } = installed;
  await installed.makeCertificates();
  const webhook = await startReplica(await as('quayside-webhook'), argsOf('Deployment', /^quayside-webhook$/));
  const relay = await startRelay(cluster.plane.connection, {
    port: webhook.port,
    servername: `quayside-webhook.${home}.svc`,
    ca: async () => Buffer.from(await installed.caBundle(), 'base64').toString(),
  });
  const { webhooks = [] } = objects.find(({ kind }) => kind === 'MutatingWebhookConfiguration') ?? {};
  await applyConfiguration(cluster.plane, 'on-loopback', webhooks, { port: relay.port, ca: cluster.plane.ca });
  return { webhook, relay };
}
