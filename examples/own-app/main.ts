import { App, Chart } from 'cdk8s';
import { Monitoring, QuayIntegration, Quayside } from 'quayside/charts';
import { QuayOrganization } from 'quayside/imports/quayside.dev';

const app = new App({ outputFileExtension: '.yaml' });

// Everything that dist/quayside.yaml has, with options of one's own; what is wrong with them is said here.
const options = {
  image: 'registry.example.com/platform/quayside:0.1.0',
  gitUrl: 'https://git.example.com/platform/registry-state.git',
  gitSecret: 'quayside-git',
  nodeSelector: { 'node-role.kubernetes.io/infra': '' },
  tolerations: [{ key: 'node-role.kubernetes.io/infra', operator: 'Exists' }],
} as const;
new Quayside(app, 'quayside', options);
new Monitoring(app, 'monitoring', options);

// Beside it whatever belongs to this cluster.
const registry = new Chart(app, 'registry', { disableResourceNameHashes: true });
const quay = new QuayIntegration(registry, 'quay', {
  quayHostname: 'https://quay.example.com',
  credentialsSecret: 'quay-token',
  clusterID: 'prod',
  gitUrl: options.gitUrl,
  gitSecret: options.gitSecret,
  gitReview: 'Destructive',
});
new QuayOrganization(registry, 'base-images', {
  metadata: { name: 'base-images' },
  spec: { integration: quay.integrationName, name: 'base-images', repositories: [{ name: 'ubi' }] },
});

app.synth();
