import { type ClusterSnapshot } from '../../src/api/index.js';
import { type Session } from '../../src/pipeline/session.js';
import { selectorsOf } from '../../src/integration/index.js';
import { openRepository } from '../../src/git/index.js';
import { type Cluster } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { integration } from '../fixtures/snapshot.js';
import { temporaryFolder } from '../support/temporary.js';

/** A cluster in a snapshot, one integration, and an empty state repository. */
export async function sessionFor(): Promise<(snapshot: ClusterSnapshot) => Session> {
  const repository = await openRepository({ embedded: await temporaryFolder() });
  const quay = integration();
  return (snapshot) => ({
    inputs: { cluster: nowhere, integration: quay, id: clusterId(quay.spec.clusterID) },
    known: { snapshot: { ...snapshot, uid: 'c1' }, selectors: selectorsOf([quay]), allIntegrationsKnown: true },
    repository,
  });
}

const unasked = (): never => {
  throw new Error('the snapshot has been taken');
};
const nowhere: Cluster = new Proxy({} as Cluster, { get: unasked });
