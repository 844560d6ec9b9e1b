import { type PodModel, type QuayMounts } from '../../../src/registry/index.js';

/** A mount of a volume, and the volume, as the container and the pod state them. */
export interface Mounted {
  readonly volumes: readonly object[];
  readonly volumeMounts: readonly object[];
}

/** The one main container of a pod, beside what its model says. */
export interface MainContainer extends Mounted {
  readonly name: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ports?: readonly object[];
  readonly probes?: Readonly<Record<string, object>>;
  readonly initContainers?: readonly object[];
  /** Of a Job. */
  readonly restartPolicy?: 'OnFailure';
}

/** The pod template that a model and its main container make. */
export function podTemplate(model: PodModel, main: MainContainer): object {
  const { placement, podSecurityContext, imagePullSecrets, terminationGracePeriodSeconds } = model;
  return {
    metadata: {
      labels: model.podLabels,
      ...(Object.keys(model.podAnnotations).length > 0 && { annotations: model.podAnnotations }),
    },
    spec: {
      serviceAccountName: model.serviceAccount.name,
      ...placement,
      ...(podSecurityContext && { securityContext: podSecurityContext }),
      ...(imagePullSecrets.length > 0 && { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
      ...(terminationGracePeriodSeconds !== undefined && { terminationGracePeriodSeconds }),
      ...(main.restartPolicy && { restartPolicy: main.restartPolicy }),
      ...(main.initContainers && { initContainers: main.initContainers }),
      containers: [container(model, main)],
      ...(main.volumes.length > 0 && { volumes: main.volumes }),
    },
  };
}

function container(model: PodModel, main: MainContainer): object {
  const { name, command, args, ports = [], probes = {}, volumeMounts } = main;
  const { image, env, resources, securityContext } = model;
  return {
    name,
    image,
    ...(command && { command }),
    ...(args && { args }),
    ...(env.length > 0 && { env }),
    ...(ports.length > 0 && { ports }),
    ...probes,
    ...(Object.keys(resources).length > 0 && { resources }),
    ...(securityContext && { securityContext }),
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
}

/** Where Quay's own processes find configuration, certificates and authorities. */
export function quayVolumes(mounts: QuayMounts, options: { readonly trustsItself?: boolean } = {}): Mounted {
  const { configSecret, tlsSecret } = mounts;
  const tls = secrets(tlsSecret);
  return {
    volumes: [
      { name: 'config', projected: { sources: [...secrets(configSecret), ...tls] } },
      {
        name: 'extra-ca-certs',
        projected: { sources: [...authorities(mounts), ...(options.trustsItself === true ? tls : [])] },
      },
      {
        name: 'postgres-certs',
        projected: { sources: mounts.databaseCertificates.map((name) => ({ secret: { name, optional: true } })) },
      },
      { name: 'postgres-certs-store', emptyDir: { sizeLimit: '5Mi' } },
    ],
    volumeMounts: [
      { name: 'config', mountPath: '/conf/stack' },
      { name: 'extra-ca-certs', mountPath: '/conf/stack/extra_ca_certs', readOnly: true },
      { name: 'postgres-certs', mountPath: '/run/secrets/postgresql' },
      { name: 'postgres-certs-store', mountPath: '/.postgresql' },
    ],
  };
}

/** The ConfigMaps and the Secret with authorities, in the order in which a later one wins. */
function authorities({ serviceCaConfigMap, trustedCaConfigMap, extraCaSecret }: QuayMounts): readonly object[] {
  return [...configMaps(serviceCaConfigMap), ...configMaps(trustedCaConfigMap), ...secrets(extraCaSecret)];
}

/** A Secret as a source of a projected volume. */
export function secrets(name: string | undefined): readonly object[] {
  return name === undefined ? [] : [{ secret: { name } }];
}

/** A ConfigMap as a source of a projected volume. */
export function configMaps(name: string | undefined): readonly object[] {
  return name === undefined ? [] : [{ configMap: { name } }];
}
