import { type Options } from '../options/schema.js';
import { type Manifest } from './example.js';
import { healthScript } from './health-script.js';
import { organizationsFolder, stateBranch, stateUrl } from './state-place.js';

const namespace = 'argocd';
const inCluster = { server: 'https://kubernetes.default.svc' };

/** Where a clone of the manifests is kept that Argo CD and Flux read. */
export const installUrl = 'https://git.example.com/platform/quayside.git';

/** The Application that installs Quayside. What is written into the cluster at run time is not its business. */
export function installApplication(options: Options): Manifest {
  return application('quayside', {
    project: 'default',
    source: {
      repoURL: installUrl,
      targetRevision: 'main',
      path: 'dist',
      directory: { include: 'quayside.yaml' },
    },
    destination: { ...inCluster, namespace: options.namespace },
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
      retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
    ignoreDifferences: [
      {
        group: 'admissionregistration.k8s.io',
        kind: 'MutatingWebhookConfiguration',
        jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
      },
    ],
  });
}

/** The Application that applies the merged documents to the cluster, in place of the built-in sync. */
export function stateApplication(options: Options): Manifest {
  return application('quayside-state', {
    project: 'default',
    source: {
      repoURL: stateUrl(options),
      targetRevision: stateBranch(options),
      path: organizationsFolder(options),
      directory: { recurse: false },
    },
    destination: inCluster,
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      // A state repository that is empty by mistake is a question for people; Quayside would delete nothing either.
      syncOptions: ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true'],
    },
  });
}

/** Health checks of our kinds for Argo CD: to be merged into its ConfigMap. */
export function healthChecks(): Manifest {
  const kinds = [
    'quayside.dev_QuayOrganization',
    'quay.redhat.com_QuayIntegration',
    'redhatcop.redhat.io_QuayIntegration',
  ];
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace,
      labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
    },
    data: Object.fromEntries(kinds.map((kind) => [`resource.customizations.health.${kind}`, healthScript])),
  };
}

function application(name: string, spec: object): Manifest {
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name, namespace }, spec };
}
