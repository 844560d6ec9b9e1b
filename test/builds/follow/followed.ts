import { type QuayIntegration, quayIntegrationSpec } from '../../../src/api/index.js';
import {
  type BuildFollower,
  type BuildFollowerOptions,
  createBuildFollower,
  type ImportResult,
  type UnrewrittenBuild,
} from '../../../src/builds/follow/index.js';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { type EventInput } from '../../../src/kube/events/event-book.js';
import { host } from './builds.js';

/** A follower of one namespace, and what it says. */
export interface Followed {
  readonly follower: BuildFollower;
  readonly results: ImportResult[];
  readonly events: EventInput[];
  readonly unrewritten: UnrewrittenBuild[];
}

/** An integration for tests. */
export function integration(spec: Partial<QuayIntegration['spec']> = {}): QuayIntegration {
  return {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name: 'quay' },
    spec: {
      ...quayIntegrationSpec.parse({ quayHostname: host, credentialsSecret: { namespace: 'quay', name: 'token' } }),
      ...spec,
    },
  };
}

/** Starts to follow the Builds of a namespace. */
export function follow(
  client: KubeClient,
  namespace: string,
  { spec = {}, since, ...options }: Partial<BuildFollowerOptions> & { spec?: object; since?: string } = {},
): Followed {
  const said = { results: [] as ImportResult[], events: [] as EventInput[], unrewritten: [] as UnrewrittenBuild[] };
  const connected = { integration: integration(spec), organization: `openshift_${namespace}`, ...(since && { since }) };
  const follower = createBuildFollower({
    client,
    integrationOf: (name) => (name === namespace ? connected : undefined),
    // Other suites have Builds of their own on the same cluster.
    recordEvent: (recordEvent) => void (recordEvent.regarding.namespace === namespace && said.events.push(recordEvent)),
    onImport: (result) => void said.results.push(result),
    onUnrewritten: (build) => void said.unrewritten.push(build),
    log: { info: () => undefined, warn: () => undefined },
    apiSeconds: { upToDate: 0.2, unknown: 0.2 },
    backoff: { first: 100, most: 400 },
    ...options,
  });
  follower.start();
  return { follower, ...said };
}
