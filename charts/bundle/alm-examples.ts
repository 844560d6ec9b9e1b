import { Chart, Testing } from 'cdk8s';
import { QuayIntegration } from '../constructs/quay-integration.js';
import { integrationProps } from '../examples/integration.js';
import { organizationExample } from '../examples/organization.js';
import { stateUrl } from '../examples/state-place.js';
import { type Options } from '../options/schema.js';

/** An object of each kind that the console offers to begin with. */
export function almExamples(options: Options): readonly object[] {
  const chart = new Chart(Testing.app(), 'examples', { disableResourceNameHashes: true });
  const props = { ...integrationProps(options), gitUrl: stateUrl(options), gitSecret: 'quayside-git' };
  new QuayIntegration(chart, 'integration', props);
  const predecessor = {
    apiVersion: 'redhatcop.redhat.io/v1alpha1',
    kind: 'QuayIntegration',
    metadata: { name: 'former' },
    spec: {
      clusterID: props.clusterID,
      quayHostname: props.quayHostname,
      credentialsSecretName: `${props.credentialsNamespace}/${props.credentialsSecret}`,
    },
  };
  return [organizationExample(options), ...(chart.toJson() as object[]), predecessor];
}
