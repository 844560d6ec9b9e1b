import { type ComponentKind, type Override, type QuayRegistryOptionsSpec } from '../../api/index.js';
import { type WorkloadOptions } from '../../api/index.js';
import { overrideKinds } from '../components/override-rules.js';
import { type Components } from '../components/resolve.js';
import { type RegistryInputs } from '../inputs.js';
import { type Termination } from '../model/access.js';
import { type Hostnames } from '../model/parts.js';
import { type Names } from '../names/names.js';
import { type Release } from './release.js';

/** What every part of the model is made from: the inputs, and what was decided first. */
export interface Context {
  readonly inputs: RegistryInputs;
  readonly name: string;
  readonly namespace: string;
  readonly names: Names;
  readonly options: Partial<QuayRegistryOptionsSpec>;
  readonly components: Components;
  readonly hostnames: Hostnames;
  readonly termination: Termination;
  /** Quay's own certificate and key, where it ends TLS itself. */
  readonly pair?: Pair;
  /** The Secret of type kubernetes.io/tls that the component tls names. */
  readonly certificateSecret?: string;
  readonly release: Release;
  readonly platform: 'OpenShift' | 'Kubernetes';
  /** Nothing may be written into the registry: REGISTRY_STATE is readonly. */
  readonly readOnly: boolean;
}

/** PEM. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export function isManaged({ components }: Context, kind: ComponentKind): boolean {
  return components[kind].managed;
}

/** The overrides of a managed component that have an effect on its kind; the first entry of a kind counts. */
export function overridesOf({ inputs }: Context, kind: ComponentKind): Override {
  const found = inputs.registry.spec?.components?.find((component) => component.kind === kind);
  const stated = (found?.managed === true ? found.overrides : undefined) ?? {};
  const effective = Object.entries(stated).filter(([name]) => overrideKinds[name as keyof Override].includes(kind));
  return Object.fromEntries(effective);
}

/** The options of a component's pods. */
export function workloadOptions({ options }: Context, kind: ComponentKind): WorkloadOptions {
  const all: Readonly<Partial<Record<ComponentKind, WorkloadOptions>>> = options.components ?? {};
  return all[kind] ?? {};
}
