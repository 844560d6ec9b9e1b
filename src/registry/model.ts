import { type AccessModel } from './model/access.js';
import {
  type AutoscalerModel,
  type BucketClaimModel,
  type ComponentState,
  type ConfigMapModel,
  type Edge,
  type Hostnames,
  type MonitoringModel,
  type NetworkPolicyModel,
  type SecretModel,
} from './model/parts.js';
import {
  type ClairModel,
  type DatabaseModel,
  type Labels,
  type MigrationModel,
  type MirrorModel,
  type QuayModel,
  type RedisModel,
} from './model/workload.js';

export * from './model/access.js';
export * from './model/parts.js';
export * from './model/workload.js';

/**
 * A whole registry, as plain values: what manifests are made of, and nothing that is a secret. Secrets appear by their
 * logical names; their contents stand apart, in `RegistryResult.secrets`. Equal inputs give equal models.
 */
export interface RegistryModel {
  readonly name: string;
  readonly namespace: string;
  /** UID of the QuayRegistry; absent while it is not in a cluster, and then nothing has an owner reference. */
  readonly uid?: string;
  /** Which platform the manifests are for: it decides on injected ConfigMaps and fixed users. */
  readonly platform: 'OpenShift' | 'Kubernetes';
  /** Version of Quay that the images are of. */
  readonly version: string;
  /** Whether REGISTRY_STATE is readonly: mirror workers stand still, and nothing migrates. */
  readonly readOnly: boolean;
  /** On every object: `quay-operator/quayregistry: <name>`. */
  readonly labels: Labels;
  /** On every object, and on no pod template: hostnames, for people. */
  readonly annotations: Labels;
  /** All eleven, in the Quay Operator's order. */
  readonly components: readonly ComponentState[];
  readonly hostnames: Hostnames;
  /** Where the configuration comes from; absent while the registry names no bundle. */
  readonly bundle?: { readonly secret: string; readonly revision?: string };

  readonly quay: QuayModel;
  readonly migration: MigrationModel;
  readonly mirror?: MirrorModel;
  readonly clair?: ClairModel;
  readonly redis?: RedisModel;
  readonly postgres?: DatabaseModel;
  readonly clairPostgres?: DatabaseModel;
  readonly objectStorage?: BucketClaimModel;
  readonly access: AccessModel;
  readonly autoscalers: readonly AutoscalerModel[];
  readonly monitoring?: MonitoringModel;
  /** Empty unless the options ask for them. */
  readonly networkPolicies: readonly NetworkPolicyModel[];

  readonly configMaps: readonly ConfigMapModel[];
  readonly secrets: readonly SecretModel[];
  readonly edges: readonly Edge[];
}
