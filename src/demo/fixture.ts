import { join } from 'node:path';
import { type Configuration, readConfiguration } from '../process/configuration.js';
import { type ApplyResult, applyState } from '../app/apply.js';
import { type Simulator } from '@quayside/simulator';

/** Where the story takes place. */
export interface Fixture {
  readonly paths: {
    readonly folder: string;
    readonly cluster: string;
    readonly integration: string;
    readonly state: string;
    /** The private key that ownership is signed with. */
    readonly ownershipKey: string;
  };
  readonly quay: Simulator;
  readonly configuration: Configuration;
  /** What `quayside plan` or `quayside apply` would do here. */
  applyState(options: { readonly dryRun: boolean; readonly maxDeletions?: number }): Promise<ApplyResult>;
  /** A call to the simulated Quay, as somebody at its web page makes it. */
  ask(method: string, path: string): Promise<unknown>;
}

/** A state repository behind an address, instead of one in the folder. */
export interface Remote {
  readonly url: string;
  readonly token: string;
}

/** A folder with a cluster in files, and a simulated Quay. */
export function createFixture(folder: string, quay: Simulator, remote?: Remote): Fixture {
  const paths = {
    folder,
    cluster: join(folder, 'cluster.yaml'),
    integration: join(folder, 'integration.json'),
    state: remote?.url ?? join(folder, 'state.git'),
    ownershipKey: join(folder, 'ownership.key'),
  };
  const token = quay.credentials.superuser;
  const configuration = { ...readConfiguration(), quayToken: token, ...(remote && reaching(folder, remote)) };
  return {
    paths,
    quay,
    configuration,
    applyState: ({ dryRun, maxDeletions = 0 }) =>
      applyState(
        {
          cluster: [paths.cluster],
          integration: paths.integration,
          ...(remote === undefined && { state: paths.state }),
          ownershipKey: paths.ownershipKey,
          namespace: 'quayside',
          dryRun,
          maxDeletions,
          roles: true,
        },
        configuration,
      ),
    ask: async (method, path) => {
      const response = await fetch(`${quay.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token ?? ''}` },
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
  };
}

/** How a remote is reached: past the proxies and the cache of whoever plays the demo. */
function reaching(folder: string, { token }: Remote): Partial<Configuration> {
  const { PATH } = readConfiguration().environment;
  return { gitPassword: token, forgeToken: token, cacheFolder: join(folder, 'cache'), environment: { PATH } };
}
