import { randomBytes } from 'node:crypto';
import { writeRows } from './audit/record.js';
import { type Row } from './audit/row.js';
import { type Simulation } from './http/call.js';
import { checkOptions } from './check-options.js';
import { featuresWith } from './features.js';
import { type Fixtures, type SimulatorOptions } from './options.js';
import { createRandom } from './random.js';
import { routesFor } from './route-table.js';
import { createController } from './http/control.js';
import { createFaults, type Faults } from './http/faults.js';
import { listen } from './http/listen.js';
import { createRequestLog, type RequestLog } from './http/request-log.js';
import { createResponder } from './http/respond.js';
import { createState } from './state/create-state.js';
import { type Collected, collectGarbage } from './state/garbage.js';
import { allScopes } from './auth/scopes.js';
import { type State } from './state/state.js';

/** A running simulator. */
export interface Simulator {
  readonly url: string;
  /** Address of the control server. */
  readonly control: string;
  /** The token of each credential. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Finishes pending deletions, as the workers of a real server do after a while. */
  readonly runGarbageCollector: () => Collected;
  /** Delays every answer from now on. */
  readonly latency: (ms: number) => void;
  /** Writes rows into the audit log that no call to the API writes: pulls, pushes, logins, workers. */
  readonly writeLog: (rows: readonly Row[]) => void;
  /** A copy of all that the server remembers. */
  readonly snapshot: () => State;
  /** Goes back to a snapshot. */
  readonly restore: (snapshot: State) => void;
  readonly close: () => Promise<void>;
}

const defaultFixtures: Fixtures = {
  users: [{ name: 'admin', email: 'admin@example.com', superuser: true }],
  credentials: { superuser: { owner: 'admin', scopes: allScopes } },
};

/** Starts a Quay of our own on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  checkOptions(options);
  const random = createRandom(options.random ?? randomBytes);
  const settings = { latency: 0, ahead: 0 };
  const given = options.clock ?? (() => new Date());
  const clock = (): Date => new Date(given().getTime() + settings.ahead);
  const features = featuresWith(options.features ?? {});
  const { state, credentials } = createState(options.fixtures ?? defaultFixtures, random, clock());
  const { log, record } = createRequestLog();
  const { faults, hit } = createFaults();
  const simulation = { state, features, clock, random, base: '' };
  const matcher = routesFor(features);
  const respond = createResponder({
    simulation: simulation satisfies Simulation,
    matcher,
    record,
    hit,
    latency: () => settings.latency,
    closeConnections: options.closeConnections ?? false,
  });
  const runGarbageCollector = (): Collected => collectGarbage(simulation.state, features);
  const latency = (ms: number): void => {
    settings.latency = ms;
  };
  const server = await listen(respond, options);
  simulation.base = server.url;
  const forward = (seconds: number): void => {
    settings.ahead += seconds * 1000;
  };
  const controller = createController({ requests: log, faults, runGarbageCollector, latency, forward });
  const control = await listen(controller, { port: options.controlPort ?? 0 });
  return {
    url: server.url,
    control: control.url,
    credentials,
    requests: log,
    faults,
    runGarbageCollector,
    latency,
    writeLog: (rows) => writeRows(simulation, rows),
    snapshot: () => structuredClone(simulation.state),
    restore: (snapshot) => {
      simulation.state = structuredClone(snapshot);
    },
    close: async () => {
      await Promise.all([server.close(), control.close()]);
    },
  };
}
