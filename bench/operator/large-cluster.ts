import { writes } from '../../test/control-plane/audit/filter.js';
import { bareCall, writesPerSecond } from './bounds.js';
import { synced } from './synced.js';
import { type OperatorProcess, startOperator } from './process.js';
import { large } from './size.js';
import { openFixture, type Fixture } from './fixture.js';

/** A large cluster in which the operator has made everything, and what that took. */
export interface Begun {
  readonly fixture: Fixture;
  readonly operator: OperatorProcess;
  readonly cold: ColdFigures;
}

export interface ColdFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly quayWrites: number;
  readonly quayReads: number;
  readonly apiWrites: number;
  /** Milliseconds of a call to Quay. */
  readonly bareCall: number;
  /** Writes that the API server takes in a second. */
  readonly apiRate: number;
}

/** The large cluster of a run, set up when the first benchmark asks for it. */
export interface LargeCluster {
  readonly begun: () => Promise<Begun>;
  readonly close: () => Promise<void>;
}

/** Nothing is started yet. */
export function createLargeCluster(): LargeCluster {
  let opened: Promise<Fixture> | undefined;
  let started: Promise<Begun> | undefined;
  return {
    begun: () => (started ??= begin((opened ??= openFixture(large)))),
    close: async () => {
      await (await started?.catch(() => undefined))?.operator.stop();
      await (await opened?.catch(() => undefined))?.remove();
    },
  };
}

/** What is asked once a run, whatever its size: who we are, and what Quay offers. */
const onceARun = ['GET /api/v1/user/', 'GET /config', 'GET /api/v1/discovery'];

async function begin(opening: Promise<Fixture>): Promise<Begun> {
  const fixture = await opening;
  const [call, apiRate] = [await bareCall(fixture), await writesPerSecond(fixture.requests)];
  await fixture.reset();
  const operator = await startOperator(fixture.plane.kubeconfig, fixture.folder);
  try {
    await synced(fixture, { repositories: large.streams }, 60_000 + large.namespaces * 1_000);
    const seconds = (performance.now() - operator.started) / 1000;
    const cpuSeconds = await operator.cpuSeconds();
    const counts = await fixture.quayCounts();
    const once = onceARun.reduce((sum, route) => sum + (counts.byRoute[route] ?? 0), 0);
    const written = await fixture.plane.audit.requests({ userAgent: 'quayside-operator', verb: writes });
    await demandAll(fixture);
    const cold = {
      seconds,
      cpuSeconds,
      quayWrites: counts.writes,
      quayReads: counts.total - counts.writes - once,
      apiWrites: written.filter(({ resource }) => resource !== 'events').length,
      bareCall: call,
      apiRate,
    };
    return { fixture, operator, cold };
  } catch (error) {
    await operator.stop();
    throw error;
  }
}

interface List {
  readonly items: readonly { readonly metadata: { readonly namespace: string } }[];
}

/** Looks for what was to be made in Quay and the cluster themselves. */
async function demandAll({ quay, requests, projects }: Fixture): Promise<void> {
  const selector = new URLSearchParams({ fieldSelector: 'type=kubernetes.io/dockerconfigjson' }).toString();
  const { items } = await requests.send<List>({ method: 'GET', path: `/api/v1/secrets?${selector}` });
  if (items.length < projects.length * 3) throw new Error(`there are only ${items.length} pull secrets`);
  const headers = { authorization: `Bearer ${quay.token}` };
  for (const name of [projects.at(0), projects.at(-1)]) {
    const url = `${quay.url}/api/v1/repository?namespace=openshift_${name}`;
    const { repositories } = (await (await fetch(url, { headers })).json()) as { repositories: readonly object[] };
    if (repositories.length !== large.streams) throw new Error(`openshift_${name} has not all of its repositories`);
  }
}
