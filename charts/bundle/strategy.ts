import { Chart, Testing } from 'cdk8s';
import { certificateSecretOf } from './olm-names.js';
import { operatorGrants, operatorNamespaceGrant } from '../access/operator.js';
import { type Grant } from '../access/rule.js';
import { webhookGrants, webhookNamespaceGrant } from '../access/webhook.js';
import { Operator } from '../constructs/operator.js';
import { Webhook } from '../constructs/webhook.js';
import { type Options } from '../options/schema.js';
import { workloadOf } from '../options/workload.js';
import { names } from '../parts/names.js';

/** What OLM makes of the workloads: deployments and RBAC, without the volume of an embedded state repository. */
export function installStrategy(options: Options): object {
  const secrets = ['quay-token', 'quayside-git'];
  const certificate = webhookNamespaceGrant(certificateSecretOf(names.webhook));
  return {
    strategy: 'deployment',
    spec: {
      deployments: deployments(options),
      clusterPermissions: [
        permissions(names.operator, operatorGrants()),
        ...(options.webhook ? [permissions(names.webhook, webhookGrants())] : []),
      ],
      permissions: [
        permissions(names.operator, [
          operatorNamespaceGrant([...secrets, ...own(options.secrets)], own(options.configMaps)),
        ]),
        ...(options.webhook ? [permissions(names.webhook, [certificate])] : []),
      ],
    },
  };
}

/** Roles in other namespaces are not OLM's to give. */
function own(references: readonly string[]): readonly string[] {
  return references.filter((reference) => !reference.includes('/'));
}

function permissions(serviceAccountName: string, grants: readonly Grant[]): object {
  return { serviceAccountName, rules: grants.flatMap(({ rules }) => rules) };
}

/** OLM creates the certificate and the caBundle, so the operator does not manage them. */
function deployments(options: Options): readonly object[] {
  const chart = new Chart(Testing.app(), 'workloads', { disableResourceNameHashes: true });
  const certificateSecret = certificateSecretOf(names.webhook);
  new Operator(chart, 'operator', {
    ...workloadOf(options, 'operatorResources'),
    replicas: options.operatorReplicas,
  });
  if (options.webhook) {
    new Webhook(chart, 'webhook', {
      ...workloadOf(options, 'webhookResources'),
      replicas: options.webhookReplicas,
      certificateSecret,
    });
  }
  return (chart.toJson() as readonly { metadata: { name: string; labels: object }; spec: object }[]).map(
    ({ metadata: { name, labels }, spec }) => ({ name, label: labels, spec }),
  );
}
