import { createHash } from 'node:crypto';
import { type EnvVar, type SecurityContext } from '../../api/index.js';
import { type MigrationModel, type MirrorModel, type QuayModel, type QuayMounts } from '../model/workload.js';
import { type Context, overridesOf } from '../settings/context.js';
import { databaseIdentity } from '../settings/database-identity.js';
import { componentLabel, overrideAnnotations, registryLabels } from './labels.js';
import { builtIn, serviceAccountOf, type Standard, withVariables, workload } from './pod.js';
import { resourcesWith } from './resources.js';

const securityContext: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  runAsNonRoot: true,
};

const appLabel = { app: 'quay' };

/** The registry itself. */
export function quayModel(context: Context): QuayModel {
  const { names, release } = context;
  const standard: Standard = {
    kind: 'quay',
    name: names.app,
    part: 'quay-app',
    deploymentPart: 'quay',
    annotationPart: 'quay',
    serviceAccount: names.app,
    image: release.images.quay,
    env: [...configVariables(context), ...workers, ...proxy(context), { name: 'QUAY_VERSION', value: release.version }],
    resources: { requests: { cpu: '2000m', memory: '8Gi' }, limits: { cpu: '2000m', memory: '8Gi' } },
    securityContext,
    more: appLabel,
  };
  const probeScheme = context.termination === 'edge' ? 'HTTP' : 'HTTPS';
  return { ...workload(context, standard), ...mounts(context), probeScheme };
}

/** The mirror workers. */
export function mirrorModel(context: Context): MirrorModel {
  const { names, release } = context;
  const standard: Standard = {
    kind: 'mirror',
    name: names.mirror,
    part: 'quay-mirror',
    annotationPart: 'mirror',
    serviceAccount: names.app,
    image: release.images.quay,
    env: [...configVariables(context), { name: 'ENSURE_NO_MIGRATION', value: 'true' }, ...proxy(context)],
    resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '2Gi' } },
    securityContext,
  };
  const serviceAccount = quayAccount(context);
  return { ...workload(context, standard), serviceAccount, ...mounts(context), waitFor: names.app };
}

/** The migration of the database's schema. */
export function migrationModel(context: Context, databaseUri: string): MigrationModel {
  const { names, release, options } = context;
  const {
    labels = {},
    annotations = {},
    affinity,
    imagePullSecrets = [],
    resources,
    ...placement
  } = options.jobs ?? {};
  const { env, securityContext: stated } = overridesOf(context, 'quay');
  // It is the same image with the same needs.
  const { podSecurityContext } = options.components?.quay ?? {};
  const all = { ...labels, ...registryLabels(context), [componentLabel]: 'quay-app-upgrade' };
  const { tlsSecret: _withoutCertificate, ...volumes } = mounts(context);
  return {
    name: `${names.migration}-${migrationId(context, databaseUri)}`,
    labels: all,
    annotations: { ...annotations, [componentLabel]: 'base' },
    serviceAccount: quayAccount(context),
    image: release.images.quay,
    env: withVariables([...configVariables(context), ...workers], env),
    resources: resourcesWith(
      builtIn(context, { requests: { cpu: '1000m', memory: '3Gi' }, limits: { cpu: '2000m', memory: '8Gi' } }),
      resources,
    ),
    securityContext: stated ?? securityContext,
    ...(podSecurityContext && { podSecurityContext }),
    placement: { ...placement, ...(affinity && { affinity }) },
    imagePullSecrets,
    podLabels: all,
    podAnnotations: { ...annotations, ...overrideAnnotations(context, 'quay') },
    ...volumes,
  };
}

/** A Job cannot be changed: another image or database is another Job. */
function migrationId({ release }: Context, databaseUri: string): string {
  const of = `${release.version} ${release.images.quay} ${databaseIdentity(databaseUri) ?? ''}`;
  return createHash('sha256').update(of).digest('hex').slice(0, 5);
}

function quayAccount(context: Context): QuayModel['serviceAccount'] {
  const { app } = context.names;
  return serviceAccountOf(context, { kind: 'quay', serviceAccount: app, more: appLabel, annotationPart: 'quay' });
}

function mounts({ names, platform }: Context): QuayMounts {
  const injected = platform === 'OpenShift';
  return {
    configSecret: names.configSecret,
    tlsSecret: names.tlsSecret,
    extraCaSecret: names.extraCaSecret,
    ...(injected && { serviceCaConfigMap: names.serviceCa, trustedCaConfigMap: names.trustedCa }),
    databaseCertificates: ['postgresql-ca', 'postgresql-client-certs'],
  };
}

function configVariables({ names }: Context): readonly EnvVar[] {
  return [
    { name: 'QE_K8S_CONFIG_SECRET', value: names.configSecret },
    { name: 'QE_K8S_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'DEBUGLOG', value: 'false' },
  ];
}

const workers: readonly EnvVar[] = [
  { name: 'WORKER_COUNT_WEB', value: '4' },
  { name: 'WORKER_COUNT_SECSCAN', value: '2' },
  { name: 'WORKER_COUNT_REGISTRY', value: '8' },
];

/** The proxy, from a Secret, as its address may hold a password. */
export function proxy({ names }: Context): readonly EnvVar[] {
  return ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].map((name) => ({
    name,
    valueFrom: { secretKeyRef: { name: names.proxySecret, key: name } },
  }));
}

/** What Clair reads of the same Secrets. */
export function certificateSources(context: Context): QuayMounts {
  return mounts(context);
}
