import type { AuditTrail } from './audit/trail.js';
import type { Edits } from './edits.js';
import type { FaultProxy } from './proxy/fault-proxy.js';
import type { Serve } from './proxy/serve.js';

export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

export interface KubectlOptions {
  /** Text for its standard input, for `-f -`. */
  readonly input?: string;
  /** Default: admin. */
  readonly as?: ServiceAccountRef;
  /** Default: straight to the API server. Path of a kubeconfig. */
  readonly kubeconfig?: string;
}

/** A real API server with etcd and the controllers that a cluster without nodes needs; others may be using it as well. */
export interface SharedControlPlane {
  readonly url: string;
  /** Certificate of the authority that it is to be verified against, PEM. */
  readonly ca: string;
  /** Admin's. */
  readonly token: string;
  /** A real token of a service account, good for a day. */
  readonly tokenFor: (account: ServiceAccountRef) => Promise<string>;
  /** Path of a kubeconfig as admin. */
  readonly kubeconfig: string;
  /** Path of a kubeconfig with such a token. */
  readonly kubeconfigFor: (account: ServiceAccountRef) => Promise<string>;
  /** What kubectl wrote to its standard output; rejects with its complaint. */
  readonly kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<string>;
  /** What a test changes as admin where kubectl is not what it tests: each start of one costs 0.2 seconds of CPU. */
  readonly edits: Edits;
  /** What the API server was asked since this handle was made, or since its last reset. */
  readonly audit: AuditTrail;
  /** Another way in that misbehaves on request; what is served on it, the API server does not get. */
  readonly proxy: (serve?: Serve) => Promise<FaultProxy>;
}

/** A control plane that nobody else uses. */
export interface ControlPlane extends SharedControlPlane {
  /** Ends the API server at once, as a crash does, and starts it again on the same port with the same data. */
  readonly restartApiServer: () => Promise<void>;
  /** Ends its processes and removes its folder; with a folder to keep them in, the logs stay, or the data of etcd. */
  readonly stop: (options?: { readonly keepLogsIn?: string; readonly keepDataIn?: string }) => Promise<void>;
}
