import { registryManifests, secretManifests } from '../../../src/manifests/index.js';
import { type Manifest } from '../../../src/registry/index.js';
import { type Given, modelOf, resultOf } from '../support/inputs.js';

/** The parts of manifests that tests look at. */
export interface Pod {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly nodeSelector?: object;
    readonly tolerations?: readonly object[];
    readonly imagePullSecrets?: readonly object[];
    readonly priorityClassName?: string;
    readonly securityContext?: object;
    readonly restartPolicy?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly affinity?: object;
    readonly volumes?: readonly Volume[];
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
}

export interface Volume {
  readonly name: string;
  readonly projected?: { readonly sources: readonly Source[] };
  readonly secret?: { readonly secretName: string };
  readonly configMap?: { readonly name: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly ephemeral?: object;
}

interface Source {
  readonly secret?: { readonly name: string; readonly optional?: boolean };
  readonly configMap?: { readonly name: string };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly optional?: boolean } };
  }[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly resources?: object;
  readonly securityContext?: object;
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly startupProbe?: object;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
}

/** The manifests of what a test says, its Secrets apart. */
export const manifestsOf = (given: Given = {}): Promise<readonly Manifest[]> => registryManifests(modelOf(given));

export async function secretsOf(given: Given = {}): Promise<readonly Manifest[]> {
  const { model, secrets } = resultOf(given);
  return secretManifests(model, secrets);
}

/** Manifests by `Kind/name`. */
export async function byName(given: Given = {}): Promise<Readonly<Record<string, Manifest>>> {
  const all = await manifestsOf(given);
  return Object.fromEntries(all.map((one) => [`${one.kind}/${one.metadata.name}`, one]));
}

export const specOf = <T = Readonly<Record<string, unknown>>>(manifest: Manifest | undefined): T =>
  (manifest?.spec ?? {}) as T;

/** The pods of a Deployment or Job. */
export const podOf = (manifest: Manifest | undefined): Pod => specOf<{ readonly template: Pod }>(manifest).template;

/** The one main container. */
export function containerOf(manifest: Manifest | undefined): Container {
  const [container] = podOf(manifest).spec.containers;
  if (container === undefined) throw new Error('there is no container');
  return container;
}

/** Every Deployment and Job. */
export const workloadsOf = (all: readonly Manifest[]): readonly Manifest[] =>
  all.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
