import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installCrds } from '../../test/control-plane/definitions.js';
import { installStandIns } from '../../test/control-plane/stand-ins/install.js';
import { startControlPlane, type Started } from '../../test/control-plane/start.js';
import { simulatedQuay, type SimulatedQuay } from '../process.js';
import { home, integrationObject, project, secretObject, stream, streamsPath } from './objects.js';

import { openRequests, type Requests } from './requests.js';

/** What the simulated Quay was asked. */
export interface QuayCounts {
  readonly total: number;
  readonly writes: number;
  readonly byRoute: Readonly<Record<string, number>>;
}

/** A real API server with projects, a simulated Quay that takes 10 ms for every answer, and an integration of the two. */
export interface Fixture {
  readonly plane: Started;
  readonly quay: SimulatedQuay;
  readonly requests: Requests;
  readonly folder: string;
  readonly projects: readonly string[];
  /** Calls to Quay since they were last forgotten. */
  readonly quayCounts: () => Promise<QuayCounts>;
  /** Forgets what Quay and the API server were asked so far. */
  readonly reset: () => Promise<void>;
  /** Has the operator use another token. */
  readonly useToken: (token: string) => Promise<void>;
  /** Changes the integration's spec. */
  readonly edit: (spec: object) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Sets a cluster up with so many projects, and so many image streams in each. */
export async function openFixture(size: { readonly namespaces: number; readonly streams: number }): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  const [plane, quay] = await Promise.all([startControlPlane(), simulatedQuay()]);
  const requests = openRequests(plane);
  await Promise.all([installCrds(plane), installStandIns(plane)]);
  const projects = Array.from({ length: size.namespaces }, (_, at) => `project-${String(at).padStart(5, '0')}`);
  await requests.sendAll(
    projects.map((name) => ({ method: 'POST', path: '/api/v1/namespaces', body: project(name) })),
    16,
  );
  await requests.sendAll(
    projects.flatMap((name) => [
      ...['builder', 'deployer'].map((account) => ({
        method: 'POST' as const,
        path: `/api/v1/namespaces/${name}/serviceaccounts`,
        body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account } },
      })),
      ...Array.from({ length: size.streams }, (_, at) => ({
        method: 'POST' as const,
        path: streamsPath(name),
        body: stream(`app-${at}`),
      })),
    ]),
    16,
  );
  await defaultAccounts(requests, projects);
  await requests.send({ method: 'POST', path: '/api/v1/namespaces', body: project(home) });
  await requests.send({
    method: 'POST',
    path: `/api/v1/namespaces/${home}/secrets`,
    body: secretObject('quay', { token: quay.token }),
  });
  await requests.send({ method: 'POST', path: integrationsPath, body: integrationObject(quay.url) });
  await fetch(`${quay.control}/latency`, { method: 'POST', body: JSON.stringify({ ms: 10 }) });
  return {
    plane,
    quay,
    requests,
    folder,
    projects,
    quayCounts: async () => (await (await fetch(`${quay.control}/requests`)).json()) as QuayCounts,
    reset: async () => {
      await fetch(`${quay.control}/requests`, { method: 'DELETE' });
      await plane.audit.reset();
    },
    useToken: async (token) => {
      const path = `/api/v1/namespaces/${home}/secrets/quay`;
      const body = { stringData: { token } };
      await requests.send({ method: 'PATCH', path, body, type: 'application/merge-patch+json' });
    },
    edit: async (spec) => {
      const type = 'application/merge-patch+json';
      await requests.send({ method: 'PATCH', path: `${integrationsPath}/quay`, body: { spec }, type });
    },
    remove: async () => {
      await requests.close();
      await Promise.all([quay.stop(), plane.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const integrationsPath = '/apis/quay.redhat.com/v1/quayintegrations';

/** The service account `default` is made by a controller, which takes its time. */
async function defaultAccounts({ send }: Requests, projects: readonly string[]): Promise<void> {
  const path = '/api/v1/serviceaccounts?fieldSelector=metadata.name%3Ddefault';
  for (;;) {
    const { items } = await send<{ items: readonly { metadata: { namespace: string } }[] }>({ method: 'GET', path });
    const there = new Set(items.map(({ metadata }) => metadata.namespace));
    if (projects.every((name) => there.has(name))) return;
    await sleep(500);
  }
}
