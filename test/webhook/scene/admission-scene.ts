import { randomBytes } from 'node:crypto';
import { installDefinitions } from '../../control-plane/definitions.js';
import { eventually } from '../../control-plane/eventually.js';
import { makeServerCertificates, type ServerCertificates } from '../../control-plane/start/certificates.js';
import { installStandIns } from '../../control-plane/stand-ins/install.js';
import { type OpenShift, startOpenShift } from '../../control-plane/stand-ins/openshift.js';
import { type Started, startControlPlane } from '../../control-plane/start.js';
import { type Called, type Calls, callsTo } from './calls.js';
import { installAccess, installConfiguration, type Reached, webhookAccount } from './installed.js';
import { integration, organization, organizationStatus, readyStatus } from './objects.js';
import { ownBuilds } from './own-builds.js';
import { type Replica, startReplica } from './replica.js';

export interface BuildObject {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly output?: { readonly to?: Readonly<Record<string, unknown>>; readonly pushSecret?: object };
  };
  readonly message?: string;
}

const merge = 'application/merge-patch+json';

/**
 * A cluster of one test file, in which the webhook runs under its own account and is called by the API server; what the
 * operator does is done by the test. Two files cannot share one, since the webhook speaks for the whole cluster.
 */
export class AdmissionScene {
  readonly replicas: Replica[] = [];
  private readonly calls: Calls;

  private constructor(
    readonly plane: Started,
    readonly openshift: OpenShift,
    public certificates: ServerCertificates,
  ) {
    this.calls = callsTo({ ca: plane.ca, token: plane.token, url: openshift.url });
  }

  static async open(): Promise<AdmissionScene> {
    const plane = await startControlPlane();
    await Promise.all([installDefinitions(plane), installStandIns(plane), installAccess(plane)]);
    const openshift = await startOpenShift(plane, { everywhere: true });
    const scene = new AdmissionScene(plane, openshift, await makeServerCertificates());
    await scene.writeCertificate(scene.certificates);
    return scene;
  }

  async call<T = BuildObject>(method: string, path: string, body?: object, type?: string): Promise<Called<T>> {
    return this.calls.call<T>(method, path, body, type);
  }

  /** The same, where anything but success is an error. */
  async expect<T>(method: string, path: string, body?: object, type?: string): Promise<T> {
    const { status, body: answer } = await this.call<T>(method, path, body, type);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  async start(...args: readonly string[]): Promise<Replica> {
    const replica = await startReplica(await this.openshift.kubeconfigFor(webhookAccount), args);
    this.replicas.push(replica);
    return replica;
  }

  /** Starts one, and lets the API server call it. */
  async serve(args: readonly string[] = [], failurePolicy: Reached['failurePolicy'] = 'Ignore'): Promise<Replica> {
    const replica = await this.start(...args);
    await this.reach({ port: replica.port, ca: this.certificates.ca, failurePolicy });
    await this.ready(replica);
    return replica;
  }

  async ready(replica: Replica): Promise<void> {
    await eventually(async () => {
      const reason = await replica.unready();
      if (reason !== undefined) throw new Error(`${reason}\n${replica.log()}`);
    });
  }

  /** Tells the API server where the webhook is, and waits until it has heard of it. */
  async reach(reached: Reached): Promise<void> {
    await installConfiguration(this.plane, reached);
  }

  async writeCertificate({ ca, certificate, key }: ServerCertificates): Promise<void> {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'quayside', name: 'quayside-webhook-certificate' },
      type: 'kubernetes.io/tls',
      stringData: { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': ca },
    };
    await this.plane.kubectl(['apply', '-f', '-'], { input: JSON.stringify(secret) });
  }

  /** An integration with its status, as the operator leaves it. */
  async integration(name: string, spec: object = {}, status: object = readyStatus): Promise<void> {
    await this.expect('POST', '/apis/quay.redhat.com/v1/quayintegrations', integration(name, spec));
    await this.expect('PATCH', `/apis/quay.redhat.com/v1/quayintegrations/${name}/status`, { status }, merge);
  }

  async namespace(labels: Readonly<Record<string, string>> = {}, prefix = 'test'): Promise<string> {
    const name = `${prefix}-${randomBytes(4).toString('hex')}`;
    await this.expect('POST', '/api/v1/namespaces', { metadata: { name, labels } });
    return name;
  }

  /** What the operator leaves of a namespace: its organization, with robots and pull secrets. */
  async provision(namespace: string, of = 'quay', status: object = organizationStatus): Promise<void> {
    const path = '/apis/quayside.dev/v1alpha1/quayorganizations';
    const { status: code } = await this.call('POST', path, organization(namespace, of));
    if (code !== 201 && code !== 409) throw new Error(`the organization of ${namespace}: ${code}`);
    await this.expect('PATCH', `${path}/openshift.${namespace}/status`, { status }, merge);
  }

  /** A namespace of an integration, with all that it needs. */
  async provisioned(labels: Readonly<Record<string, string>> = {}, of = 'quay'): Promise<string> {
    const namespace = await this.namespace(labels);
    await this.provision(namespace, of);
    await this.heard(namespace);
    return namespace;
  }

  /** Waits until the webhook has heard of it: a Build there goes to Quay with what is there, or gets this warning. */
  async heard(namespace: string, words?: RegExp): Promise<void> {
    const build = { ...ownBuilds(namespace)['from source']?.build, metadata: { name: 'dry' } };
    const object = { apiVersion: 'build.openshift.io/v1', kind: 'Build', ...build };
    await eventually(async () => {
      const { body, warnings } = await this.call('POST', `${buildsPath(namespace)}?dryRun=All`, object);
      const { to, pushSecret } = body.spec.output ?? {};
      const isThere = to?.kind === 'DockerImage' && pushSecret === undefined;
      if (words === undefined ? isThere : warnings.some((one) => words.test(one))) return;
      throw new Error(`the webhook has not heard of ${namespace}: ${JSON.stringify([body.spec.output, warnings])}`);
    });
  }

  async build(namespace: string, build: object): Promise<Called<BuildObject>> {
    const metadata = {
      ...(build as { metadata?: object }).metadata,
      name: `b-${randomBytes(4).toString('hex')}`,
      namespace,
    };
    const object = { apiVersion: 'build.openshift.io/v1', kind: 'Build', ...build, metadata };
    return this.call('POST', buildsPath(namespace), object);
  }

  async close(): Promise<void> {
    this.calls.close();
    await Promise.all(this.replicas.map((replica) => replica.stop('SIGKILL')));
    await this.openshift.stop();
    await this.plane.stop();
  }
}

/** Where the Builds of a namespace are. */
export function buildsPath(namespace: string): string {
  return `/apis/build.openshift.io/v1/namespaces/${namespace}/builds`;
}
