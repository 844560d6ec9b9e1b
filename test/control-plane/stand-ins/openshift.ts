import { Agent } from 'node:https';
import { openKubeClient } from '../../../src/kube/client/open.js';
import type { SharedControlPlane } from '../control-plane.js';
import type { FaultProxy } from '../proxy/fault-proxy.js';
import { type Builder, builderOf } from './builds/builder.js';
import { buildControllers } from './builds/controllers.js';
import { type Api, apiAs } from './front/api.js';
import { type Outage, outageOf } from './front/outage.js';
import { serveWith } from './front/serve.js';
import { createImporters, type Importer } from './images/importers.js';
import type { Times } from './images/registry.js';

/** An API server as on OpenShift: everything that a custom resource cannot do is done on the way to it. */
export interface OpenShift extends FaultProxy {
  /** Looks after a namespace from now on: its builds start, and a test says what its imports find. */
  readonly adopt: (namespace: string) => Importer;
  readonly builder: Builder;
  /** Takes the build and image APIs away. */
  readonly outage: () => Outage;
}

export interface OpenShiftOptions {
  /** Whether builds start in all namespaces, which only a cluster of one's own allows. Default: in those that are adopted. */
  readonly everywhere?: boolean;
  /** Whether the cluster has a registry of its own. Default: true. */
  readonly hasInternalRegistry?: boolean;
  /** How long registries take, and how long an import waits for them. Default: 0 and 15 s, in milliseconds. */
  readonly times?: Partial<Times>;
}

/** Starts OpenShift's API servers and build controllers in front of a control plane that has its kinds. */
export async function startOpenShift(
  controlPlane: SharedControlPlane,
  { everywhere = false, hasInternalRegistry = true, times = {} }: OpenShiftOptions = {},
): Promise<OpenShift> {
  const { url, ca, token, kubeconfig } = controlPlane;
  const agent = new Agent({ keepAlive: true, ca });
  const as = (authorization: string, userAgent: string): Api =>
    apiAs({ url, agent }, { authorization, 'user-agent': userAgent });
  const server = as(`Bearer ${token}`, 'openshift');
  const importers = createImporters(server, { answer: 0, patience: 15_000, ...times });
  const front = await controlPlane.proxy(serveWith({ server, importers, as }));

  const adopted = new Set<string>();
  const isTheirs = (namespace: string): boolean => everywhere || adopted.has(namespace);
  const client = openKubeClient({ kubeconfig, userAgent: 'openshift' });
  const controllers = buildControllers({ client, api: server, hasInternalRegistry, isTheirs });
  controllers.start();
  return {
    ...front,
    builder: builderOf(server),
    outage: () => outageOf(front),
    adopt: (namespace) => {
      adopted.add(namespace);
      controllers.recheck();
      return importers.of(namespace);
    },
    stop: async () => {
      await controllers.stop();
      await client.close();
      await front.stop();
      agent.destroy();
    },
  };
}
