import { type Caller } from '../auth/caller.js';
import { type Features } from '../features.js';
import { type Random } from '../random.js';
import { type State } from '../state/state.js';
import { type ApiRequest, type ApiResponse } from './message.js';

/** Everything a handler may look at or change beside the request: the simulated server. */
export interface Simulation {
  readonly state: State;
  readonly features: Features;
  readonly clock: () => Date;
  readonly random: Random;
  /** Scheme, host and port that clients use. */
  readonly base: string;
}

/** One request on its way through a handler. */
export interface Call {
  readonly simulation: Simulation;
  readonly request: ApiRequest;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
}

/** Answers a call, or throws a Refusal. */
export type Handler = (call: Call) => ApiResponse;

/** A path parameter; the route table guarantees that it is there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** Namespace and name of the repository that the path names. */
export function repositoryPath(call: Call): { readonly namespace: string; readonly name: string } {
  return { namespace: param(call, 'namespace'), name: param(call, 'repository') };
}
