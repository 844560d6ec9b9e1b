import { type Options } from '../options/schema.js';
import { names } from '../parts/names.js';
import { installUrl } from './argocd.js';
import { type Manifest } from './example.js';
import { organizationsFolder, stateBranch, stateUrl } from './state-place.js';

const namespace = 'flux-system';

/** What Flux needs to install Quayside, and to wait until it runs. */
export function installKustomization({ namespace: home, webhook }: Options): readonly Manifest[] {
  const deployments = [names.operator, ...(webhook ? [names.webhook] : [])];
  return [
    source('quayside', installUrl, 'main'),
    kustomization('quayside', {
      path: './dist',
      prune: true,
      timeout: '5m',
      healthChecks: deployments.map((name) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace: home })),
    }),
  ];
}

/** What Flux needs to apply the merged documents to the cluster, in place of the built-in sync. */
export function stateKustomization(options: Options): readonly Manifest[] {
  return [
    source('quayside-state', stateUrl(options), stateBranch(options)),
    kustomization('quayside-state', {
      path: `./${organizationsFolder(options)}`,
      prune: true,
      wait: true,
      timeout: '10m',
      dependsOn: [{ name: 'quayside' }],
      healthCheckExprs: [
        {
          apiVersion: 'quayside.dev/v1alpha1',
          kind: 'QuayOrganization',
          current: condition('Ready', 'True'),
          failed: condition('Stalled', 'True'),
          inProgress: condition('Reconciling', 'True'),
        },
      ],
    }),
  ];
}

function condition(type: string, status: string): string {
  return `status.conditions.exists(each, each.type == '${type}' && each.status == '${status}')`;
}

function source(name: string, url: string, branch: string): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace },
    spec: { interval: '1m', url, ref: { branch } },
  };
}

function kustomization(name: string, spec: object): Manifest {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: { interval: '10m', sourceRef: { kind: 'GitRepository', name }, ...spec },
  };
}
