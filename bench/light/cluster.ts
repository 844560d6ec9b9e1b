import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QuayOrganizationStatus } from '../../src/api/index.js';
import { type Fields, objectAt, objectOrEmpty } from '../../src/json/index.js';
import { listPath, objectPath, resourceTypes } from '../../src/kube/index.js';
import { kubeconfigText } from '../../test/control-plane/kubeconfig.js';
import { makeServerCertificates } from '../../test/control-plane/start/certificates.js';
import { home, integrationObject, project, stream } from '../operator/objects.js';
import { type OperatorProcess, startOperator } from '../operator/process.js';
import { simulatedQuay, type SimulatedQuay } from '../process.js';
import { startLightApiServer } from './api-server.js';

/** A cluster in memory with projects, a simulated Quay that answers at once, and an operator that has made everything. */
export interface LightCluster {
  readonly quay: SimulatedQuay;
  readonly operator: OperatorProcess;
  readonly projects: readonly string[];
  readonly createProject: (name: string) => void;
  /** Changes the integration's spec. */
  readonly edit: (spec: object) => void;
  readonly remove: () => Promise<void>;
}

const { namespace, serviceAccount, secret, imageStream, quayIntegration, quayOrganization } = resourceTypes;
const patience = 600_000;

/** Creates the objects right in memory, and waits until all organizations are in sync. */
export async function openLightCluster(size: {
  readonly namespaces: number;
  readonly streams: number;
}): Promise<LightCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  const { ca, certificate: cert, key } = await makeServerCertificates();
  const api = await startLightApiServer(
    Object.values(resourceTypes).map((type) => listPath(type)),
    { cert, key },
  );
  const quay = await simulatedQuay();
  const put = (type: (typeof resourceTypes)[keyof typeof resourceTypes], object: Fields): void => {
    const { name, namespace: inside } = objectOrEmpty(object.metadata) as { name: string; namespace?: string };
    api.objects.put(objectPath(type, { name, ...(inside !== undefined && { namespace: inside }) }), object);
  };
  const createProject = (name: string): void => {
    put(namespace, objectOrEmpty(project(name)));
    for (const account of ['default', 'builder', 'deployer'])
      put(serviceAccount, { metadata: { namespace: name, name: account } });
    for (let at = 0; at < size.streams; at += 1) {
      const object = objectOrEmpty(stream(`app-${at}`));
      put(imageStream, { ...object, metadata: { ...objectOrEmpty(object.metadata), namespace: name } });
    }
  };
  for (const name of ['kube-system', home]) put(namespace, objectOrEmpty(project(name)));
  const projects = Array.from({ length: size.namespaces }, (_, at) => `project-${String(at).padStart(5, '0')}`);
  projects.forEach(createProject);
  const token = Buffer.from(quay.token).toString('base64');
  put(secret, { metadata: { namespace: home, name: 'quay' }, data: { token } });
  put(quayIntegration, objectOrEmpty(integrationObject(quay.url)));

  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigText({ url: api.url, ca, token: 'none' }));
  const operator = await startOperator(kubeconfig, folder);
  const remove = async (): Promise<void> => {
    await operator.stop();
    await Promise.all([quay.stop(), api.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  const integration = objectPath(quayIntegration, { name: 'quay' });
  const organization = (name: string): Fields | undefined =>
    api.objects.get(objectPath(quayOrganization, { name: `openshift.${name}` }));
  try {
    for (const deadline = performance.now() + patience; !projects.every((name) => isSynced(organization(name)));) {
      if (performance.now() > deadline) throw new Error('the organizations did not come in sync');
      await sleep(100);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    quay,
    operator,
    projects,
    createProject,
    edit: (spec) => {
      const live = api.objects.get(integration);
      put(quayIntegration, { ...live, spec: { ...objectAt(live, 'spec'), ...spec } });
    },
    remove,
  };
}

function isSynced(object: Fields | undefined): boolean {
  const { conditions = [], robots = [] } = objectAt(object, 'status') as QuayOrganizationStatus;
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return isReady && robots.length === 3 && robots.every(({ ready, linked }) => ready && linked);
}
