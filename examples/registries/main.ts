import { readFileSync } from 'node:fs';
import { App } from 'cdk8s';
import { type ClusterFacts, QuayRegistryChart, registryModel, type StorageEngine } from 'quayside/charts';

const app = new App({ outputFileExtension: '.yaml' });

const openshift: ClusterFacts = {
  apis: { route: true, objectBucketClaim: true, monitoring: true, openshiftConfig: true },
  hasDashboardNamespace: true,
  appsDomain: 'apps.example.com',
};
const kubernetes: ClusterFacts = {
  apis: { route: false, objectBucketClaim: false, monitoring: false, openshiftConfig: false },
  hasDashboardNamespace: false,
};

// On OpenShift everything is managed; only names and sizes are of one's own.
const production = registryModel({
  registry: {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayRegistry',
    metadata: { name: 'production', namespace: 'quay' },
    spec: {
      configBundleSecret: 'production-bundle',
      components: [{ kind: 'postgres', managed: true, overrides: { volumeSize: '200Gi' } }],
    },
  },
  bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.com\n' },
  facts: openshift,
});
new QuayRegistryChart(app, 'production', { model: production });

// On plain Kubernetes images lie in S3, and an Ingress ends TLS. TypeScript knows the arguments of every storage driver.
const images: StorageEngine = [
  'S3Storage',
  { s3_bucket: 'quay-edge', s3_region: 'eu-central-1', storage_path: '/registry' },
];
const edge = registryModel({
  registry: {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayRegistry',
    metadata: { name: 'edge', namespace: 'quay' },
    spec: { configBundleSecret: 'edge-bundle' },
  },
  options: {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayRegistryOptions',
    metadata: { name: 'edge', namespace: 'quay' },
    spec: { access: { termination: 'edge', ingress: { className: 'nginx', tls: { secretName: 'edge-tls' } } } },
  },
  bundle: {
    'config.yaml': `${readFileSync(new URL('edge-config.yaml', import.meta.url), 'utf8')}
DISTRIBUTED_STORAGE_CONFIG: ${JSON.stringify({ default: images })}
`,
  },
  facts: kubernetes,
});
new QuayRegistryChart(app, 'edge', { model: edge });

app.synth();
