import { type ConfigMapping } from '../config/value.js';

/** What a cluster offers and what was found in it. Unknown is not absent. */

/** Whether an API is served: `undefined` when that could not be found out. */
export type Served = boolean | undefined;

export interface ClusterFacts {
  readonly apis: {
    /** route.openshift.io/v1 Route */
    readonly route: Served;
    /** objectbucket.io/v1alpha1 ObjectBucketClaim */
    readonly objectBucketClaim: Served;
    /** monitoring.coreos.com/v1 ServiceMonitor and PrometheusRule */
    readonly monitoring: Served;
    /** config.openshift.io/v1: this is OpenShift. */
    readonly openshiftConfig: Served;
  };
  /** Whether the namespace openshift-config-managed is there, for the dashboard. */
  readonly hasDashboardNamespace: Served;
  /** Domain of the default router, such as apps.example.test. */
  readonly appsDomain?: string;
  /** `spec.tlsSecurityProfile` of the APIServer object; `null` where the object states none, absent where there is no such object. */
  readonly tlsProfile?: TlsProfile | null;
  /** The proxy of this cluster, by OpenShift's Proxy object or the operator's environment. */
  readonly proxy?: ProxySettings;
  /** Families of the cluster's Services in their order; absent counts as IPv4. */
  readonly ipFamilies?: readonly ('IPv4' | 'IPv6')[];
  /** Whether the nodes run in FIPS mode. */
  readonly fips?: boolean;
  /** What the provisioner made for the claim; absent until it did. */
  readonly bucket?: Bucket;
  /** The Secret that the component tls names by `secretRef`. */
  readonly tlsSecret?: TlsSecret;
  /** Claims of this registry that exist, and the storage that they ask for. */
  readonly claims?: Readonly<Record<string, string>>;
  /** Whether a database of this registry has data, by a bound claim or an answering external one. */
  readonly databaseLives?: boolean | 'unknown';
  /** The effective config.yaml that pods last used, to recover keys from. */
  readonly liveConfig?: ConfigMapping;
  /** Images of this registry that run, by part, for those whose upgrades are manual. */
  readonly deployedImages?: Readonly<Record<string, string>>;
  /** Certificate of the router, for Clair and the mirror workers to trust it. */
  readonly routerCertificate?: string;
  /** The token that `builders.tokenSecretRef` names; absent where it could not be read. */
  readonly builderToken?: string;
  /** Other registries that the caller knows of. */
  readonly otherRegistries?: readonly OtherRegistry[];
  /** Time by which certificates are judged, as RFC 3339; absent: their dates are not. */
  readonly now?: string;
  /** Version of Quay that is deployed by default, and its images, as this installation was made with; see `defaultImages`. */
  readonly release?: { readonly version?: string; readonly images?: Readonly<Record<string, string>> };
  /** Titles and logo: `redhat` where the installation says so. */
  readonly branding?: 'projectquay' | 'redhat';
  /** Leaves out every request and limit that the user did not state: for test clusters. */
  readonly skipResourceRequests?: boolean;
}

export interface TlsProfile {
  readonly type?: string;
  readonly custom?: { readonly ciphers?: readonly string[]; readonly minTLSVersion?: string } | null;
}

export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  /** Hosts with commas between. */
  readonly no?: string;
}

/** The Secret and ConfigMap that a provisioner makes for an ObjectBucketClaim. */
export interface Bucket {
  readonly host: string;
  readonly port?: string;
  readonly name: string;
  readonly region?: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export type TlsSecret =
  | { readonly known: true; readonly type?: string; readonly certificate?: string; readonly key?: string }
  /** `missing`: it is not there; otherwise it could not be read. */
  | { readonly known: false; readonly missing: boolean; readonly reason: string };

export interface OtherRegistry {
  readonly namespace: string;
  readonly name: string;
  readonly bundle?: string;
  /** Hash of its DB_URI and namespace, by the same function as ours; see `databaseIdentity`. */
  readonly database?: string;
}
