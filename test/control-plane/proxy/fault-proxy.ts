import type { ServiceAccountRef } from '../control-plane.js';
import type { ArmedFault, Fault, FaultOptions } from './fault.js';
import type { ProxiedRequest, RequestMatch } from './match.js';

/** A second way to the API server, on which requests and their answers can be lost. */
export interface FaultProxy {
  readonly url: string;
  /** Path of a kubeconfig as admin through the proxy. */
  readonly kubeconfig: string;
  /** The same with a real token of a service account. */
  readonly kubeconfigFor: (account: ServiceAccountRef) => Promise<string>;
  /** Every request so far, in the order of their arrival; grows. */
  readonly requests: readonly ProxiedRequest[];
  /** Lets a fault wait for matching requests. */
  readonly arm: (match: RequestMatch, fault: Fault, options?: FaultOptions) => ArmedFault;
  /** Lifts all faults. What is frozen stays frozen. */
  readonly clear: () => void;
  /** Cuts the matching exchanges that are open now; gives how many. */
  readonly cut: (match?: RequestMatch) => number;
  /** Makes the matching exchanges that are open now half-open: the connection stays and nothing comes any more. */
  readonly freeze: (match?: RequestMatch) => number;
  readonly stop: () => Promise<void>;
}
