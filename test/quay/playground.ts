import { connectQuay, nothingMore, type Observation, type Quay, type QuayConnection } from '../../src/quay/index.js';
import type { Change } from '../../src/plan/change.js';
import type { Needs } from '../../src/plan/observed.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '@quayside/simulator';

export type Observed = Extract<Observation, { readonly state: 'Observed' }>;

export const password = 'pa55-word-that-nobody-sees';

/** A simulator, and a client that looks at it with one of its credentials. */
export interface Playground {
  readonly simulator: Simulator;
  readonly quay: Quay;
  readonly waits: number[];
  connect(credential: string, more?: Partial<QuayConnection>): Quay;
  apply(change: Change): ReturnType<Quay['apply']>;
  observed(needs?: Partial<Needs>): Promise<Observed>;
  /** `METHOD path` of what was asked while the function ran. */
  asked(work: () => Promise<unknown>): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const organization = 'acme';

/** Starts both; pauses are recorded and not waited for. */
export async function playground(options: SimulatorOptions = {}): Promise<Playground> {
  const simulator = await startSimulator(options);
  const waits: number[] = [];
  const opened: Quay[] = [];
  const connect = (credential: string, more: Partial<QuayConnection> = {}): Quay => {
    const token = simulator.credentials[credential] ?? credential;
    const quay = connectQuay({
      url: simulator.url,
      token: () => token,
      delay: async (milliseconds) => {
        waits.push(milliseconds);
      },
      random: () => 1,
      ...more,
    });
    opened.push(quay);
    return quay;
  };
  const quay = connect('superuser');
  return {
    simulator,
    quay,
    waits,
    connect,
    apply: (change) => quay.apply(organization, change, () => password),
    observed: async (needs = {}) => {
      const observation = await quay.observe(organization, { ...nothingMore, ...needs });
      if (observation.state !== 'Observed') throw new Error(`${organization} is ${observation.state}`);
      return observation;
    },
    asked: async (work) => {
      simulator.requests.reset();
      await work();
      return simulator.requests.list().map(({ method, path }) => `${method} ${path}`);
    },
    close: async () => {
      await Promise.all(opened.map((client) => client.close()));
      await simulator.close();
    },
  };
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
