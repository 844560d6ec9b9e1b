import { type CustomResourceDefinition } from '../../src/api/crd/index.js';
import { admissionPath, admissionReach, admissionWebhookName } from '../../src/api/index.js';
import { type Manifest } from '../examples/example.js';
import { type Options } from '../options/schema.js';
import { crds } from '../parts/crds.js';
import { names, ports } from '../parts/names.js';
import { version } from '../version.js';
import { about } from './about.js';
import { almExamples } from './alm-examples.js';
import { specDescriptors, statusDescriptors } from './descriptors.js';
import { icon } from './icon.js';
import { skipRange, upgradeEdges } from './releases.js';
import { installStrategy } from './strategy.js';

const home = 'https://quayside.dev';

/** What OLM installs, and what OperatorHub shows of it. */
export function clusterServiceVersion(options: Options): Manifest {
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: {
      name: `quayside.v${version}`,
      namespace: 'placeholder',
      annotations: {
        'alm-examples': `${JSON.stringify(almExamples(options), undefined, 2)}\n`,
        capabilities: 'Deep Insights',
        categories: 'Integration & Delivery,Developer Tools',
        containerImage: options.image,
        description: 'Makes Red Hat Quay the image registry of the cluster, the GitOps way.',
        'olm.skipRange': skipRange,
        'operatorframework.io/suggested-namespace': 'quayside',

        support: home,
        ...features,
      },
    },
    spec: {
      displayName: 'Quayside',
      description: about,
      version,
      ...upgradeEdges(),
      minKubeVersion: '1.28.0',
      maturity: 'alpha',
      icon: [icon],
      keywords: ['quay', 'registry', 'gitops', 'images', 'openshift'],
      links: [{ name: 'Quayside', url: home }],
      maintainers: [{ name: 'Quayside maintainers', email: 'maintainers@quayside.dev' }],
      provider: { name: 'Quayside', url: home },
      installModes: ['OwnNamespace', 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map((type) => ({
        type,
        supported: type === 'AllNamespaces',
      })),
      customresourcedefinitions: { owned: crds.map(owned) },
      webhookdefinitions: options.webhook ? [webhookDescription(options)] : [],
      install: installStrategy(options),
      relatedImages: [{ name: 'quayside', image: options.image }],
    },
  };
}

const features = Object.fromEntries(
  Object.entries({
    disconnected: true,
    'fips-compliant': false,
    'proxy-aware': true,
    'tls-profiles': false,
    'token-auth-aws': false,
    'token-auth-azure': false,
    'token-auth-gcp': false,
  }).map(([feature, has]) => [`features.operators.openshift.io/${feature}`, String(has)]),
);

function owned(crd: CustomResourceDefinition): object {
  const { metadata, spec } = crd;
  const [{ name, schema }] = spec.versions;
  const predecessor = spec.group === 'redhatcop.redhat.io';
  return {
    name: metadata.name,
    version: name,
    kind: spec.names.kind,
    displayName: predecessor ? 'Quay Integration (v1alpha1)' : String(spec.names.kind).replace('Quay', 'Quay '),
    description: schema.openAPIV3Schema.description,
    specDescriptors: specDescriptors(crd),
    statusDescriptors: statusDescriptors(crd),
  };
}

/** OLM has no place for the selectors: the webhook itself skips what the reach would have left out. */
function webhookDescription({ failurePolicy }: Options): object {
  const {
    namespaceSelector: _selector,
    matchConditions: _conditions,
    name: _name,
    ...reach
  } = admissionReach(failurePolicy);
  return {
    type: 'MutatingAdmissionWebhook',
    generateName: admissionWebhookName,
    deploymentName: names.webhook,
    containerPort: 443,
    targetPort: ports.webhook,
    webhookPath: admissionPath,
    ...reach,
  };
}
