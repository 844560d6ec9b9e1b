import { type Labels } from './workload.js';

/** Where TLS ends: at the router or Ingress, in Quay, or at both. */
export type Termination = 'edge' | 'passthrough' | 'reencrypt';

/** How clients reach the registry. */
export interface AccessModel {
  readonly termination: Termination;
  readonly service: AppServiceModel;
  /** `<r>-quay` and, where builds are possible, `<r>-quay-builder`; none while route is not managed. */
  readonly routes: readonly RouteModel[];
  readonly ingress?: IngressModel;
}

/** The Service `<r>-quay-app`: https 443, http 80, jwtproxy 8081, grpc 55443. */
export interface AppServiceModel {
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly selector: Labels;
}

/** A Route of OpenShift. */
export interface RouteModel {
  readonly name: string;
  /** Without port; absent: the cluster chooses. */
  readonly host?: string;
  readonly service: string;
  readonly targetPort: 'http' | 'https' | 'grpc';
  readonly termination: Termination;
  /** PEM; only with reencrypt. */
  readonly destinationCaCertificate?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** An Ingress of Kubernetes. */
export interface IngressModel {
  readonly name: string;
  /** Without port. */
  readonly host: string;
  readonly className?: string;
  readonly service: string;
  readonly servicePort: 'http' | 'https';
  /** Secret of type kubernetes.io/tls that the controller shows; absent where it has a certificate of its own. */
  readonly tlsSecret?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}
