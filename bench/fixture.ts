import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newPrivateKey } from '../src/ownership/store/index.js';
import { writeCluster } from './cluster.js';
import { simulatedQuay, type SimulatedQuay } from './process.js';

export interface Fixture {
  readonly folder: string;
  readonly quay: SimulatedQuay;
  /** The file of the cluster. */
  readonly dump: string;
  /** Options that name the cluster, the integration and the state repository. */
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** A cluster of some size as a dump, a simulated Quay, and an integration that connects the two. */
export async function fixture(size: { namespaces: number; streams: number }): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  const quay = await simulatedQuay();
  const cluster = join(folder, 'cluster.json');
  const integration = join(folder, 'integration.json');
  await writeCluster(cluster, size);
  await writeFile(
    integration,
    JSON.stringify({
      apiVersion: 'quay.redhat.com/v1',
      kind: 'QuayIntegration',
      metadata: { name: 'quay' },
      spec: {
        clusterID: 'openshift',
        quayHostname: quay.url,
        insecureRegistry: true,
        credentialsSecret: { namespace: 'quayside', name: 'quay' },
      },
    }),
  );
  return {
    folder,
    quay,
    dump: cluster,
    options: ['--cluster', cluster, '--integration', integration, '--state', join(folder, 'state.git')],
    environment: { QUAYSIDE_QUAY_TOKEN: quay.token, QUAYSIDE_OWNERSHIP_KEY: newPrivateKey() },
    async remove() {
      await quay.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
