import { randomBytes } from 'node:crypto';
import type { SharedControlPlane } from '../control-plane/control-plane.js';
import { createNamespace } from '../control-plane/namespace.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import type { Importer } from '../control-plane/stand-ins/images/importers.js';
import type { Stream } from '../control-plane/stand-ins/images/stream.js';
import { installStandIns } from '../control-plane/stand-ins/install.js';
import { type OpenShift, type OpenShiftOptions, startOpenShift } from '../control-plane/stand-ins/openshift.js';
import { type Person, person } from '../control-plane/stand-ins/scene.js';
import type { KubeClient } from '../../src/kube/client/kube-client.js';
import { rewrittenBuild, type BuildOptions } from '../fixtures/builds/builds.js';
import { follow, type Followed } from '../fixtures/builds/followed.js';
import { clientAt } from '../support/client-at.js';

/** A namespace of OpenShift in which what Builds pushed is imported. */
export class Imports {
  private readonly followed: Followed[] = [];

  private constructor(
    readonly plane: SharedControlPlane,
    readonly openshift: OpenShift,
    readonly namespace: string,
    readonly admin: Person,
    readonly importer: Importer,
    private readonly client: KubeClient,
  ) {}

  static async open(options: OpenShiftOptions = {}): Promise<Imports> {
    const plane = await sharedControlPlane();
    await installStandIns(plane);
    const openshift = await startOpenShift(plane, options);
    const namespace = await createNamespace(plane, 'imports');
    const admin = person(plane, openshift, namespace);
    const client = clientAt(openshift.kubeconfig, 'follower');
    return new Imports(plane, openshift, namespace, admin, openshift.adopt(namespace), client);
  }

  /** Starts to import, as the operator does. */
  follow(spec: object = {}): Followed {
    const followed = follow(this.client, this.namespace, { spec });
    this.followed.push(followed);
    return followed;
  }

  /** A stream that nobody else has. */
  async stream(tags: readonly object[] = []): Promise<string> {
    const name = `s${randomBytes(3).toString('hex')}`;
    const { status, body } = await this.admin.create('imagestreams', { metadata: { name }, spec: { tags } });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return name;
  }

  /** A Build that has pushed to a tag of a stream. */
  async build(tag: string, options: Partial<BuildOptions> = {}): Promise<string> {
    const name = `b${randomBytes(3).toString('hex')}`;
    const { status, body } = await this.admin.create(
      'builds',
      rewrittenBuild({ namespace: this.namespace, name, tag, ...options }),
    );
    if (status !== 201) throw new Error(JSON.stringify(body));
    return name;
  }

  read(stream: string): Promise<Stream> {
    return this.admin.get<Stream>('imagestreams', stream);
  }

  /** Stops to import; the next `follow` is one after a restart. */
  async stopFollowing(): Promise<void> {
    await Promise.all(this.followed.splice(0).map(({ follower }) => follower.stop(2_000)));
  }

  async close(): Promise<void> {
    await this.stopFollowing();
    await this.client.close();
    await this.openshift.stop();
  }
}
