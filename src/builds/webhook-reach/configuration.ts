import {
  admissionWebhookName,
  builtInNamespacesConfigurationName,
  builtInNamespacesReach,
  managedByLabel,
  managedByValue,
} from '../../api/index.js';
import { type Fields, type ResourceType } from '../../kube/index.js';

/** Of both configurations. */
export const configurationType: ResourceType = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
};

/** Who else writes the `caBundle` finds it by these. */
const injectors = ['cert-manager.io/inject-ca-from', 'service.beta.openshift.io/inject-cabundle'];

/**
 * The second configuration, in everything but its namespaces as the installed one; undefined when that one calls no webhook
 * of ours. Whom to trust is left out: it is another's to write.
 */
export function secondConfiguration(installed: Fields, namespaces: readonly string[]): Fields | undefined {
  const webhook = ourWebhook(installed);
  const { service, url } = fieldsOf(webhook?.clientConfig);
  if (webhook === undefined || (service === undefined && url === undefined)) return undefined;
  const annotations = fieldsOf(fieldsOf(installed.metadata).annotations);
  const kept = Object.fromEntries(Object.entries(annotations).filter(([name]) => injectors.includes(name)));
  return {
    metadata: {
      name: builtInNamespacesConfigurationName,
      labels: { [managedByLabel]: managedByValue },
      ...(Object.keys(kept).length > 0 && { annotations: kept }),
    },
    webhooks: [
      {
        ...builtInNamespacesReach(namespaces, webhook.failurePolicy === 'Fail' ? 'Fail' : 'Ignore'),
        clientConfig: service === undefined ? { url } : { service },
      },
    ],
  };
}

/** The namespaces that a second configuration names. */
export function namespacesOf(second: Fields | undefined): readonly string[] {
  const { matchExpressions } = fieldsOf(ourWebhook(second)?.namespaceSelector);
  const [first] = Array.isArray(matchExpressions) ? (matchExpressions as readonly unknown[]) : [];
  const { values } = fieldsOf(first);
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

/** Whom the API server trusts to be the webhook, in base64 as it stands there; empty: nobody. */
export function bundleOf(configuration: Fields): string {
  const { caBundle } = fieldsOf(ourWebhook(configuration)?.clientConfig);
  return typeof caBundle === 'string' ? caBundle : '';
}

/** Whether we made it. */
export function isOurs({ metadata }: Fields): boolean {
  return fieldsOf(fieldsOf(metadata).labels)[managedByLabel] === managedByValue;
}

function ourWebhook(configuration: Fields | undefined): Fields | undefined {
  const webhooks = Array.isArray(configuration?.webhooks) ? (configuration.webhooks as readonly unknown[]) : [];
  return webhooks.map(fieldsOf).find(({ name }) => name === admissionWebhookName);
}

/** The value as a mapping; an empty one when it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
