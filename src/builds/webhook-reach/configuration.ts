import {
  admissionWebhookName,
  builtInNamespacesConfigurationName,
  builtInNamespacesReach,
  managedByLabel,
  managedByValue,
} from '../../api/index.js';
import { type Fields, objectAt, objectOrEmpty, objectsIn } from '../../json/index.js';
import { type ResourceType } from '../../kube/index.js';

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
  const { service, url } = objectOrEmpty(webhook?.clientConfig);
  if (webhook === undefined || (service === undefined && url === undefined)) return undefined;
  const annotations = objectAt(installed, 'metadata', 'annotations');
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
  const [first] = objectsIn(objectOrEmpty(ourWebhook(second)?.namespaceSelector).matchExpressions);
  const values = first?.values;
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

/** Whom the API server trusts to be the webhook, in base64 as it stands there; empty: nobody. */
export function bundleOf(configuration: Fields): string {
  const { caBundle } = objectOrEmpty(ourWebhook(configuration)?.clientConfig);
  return typeof caBundle === 'string' ? caBundle : '';
}

/** Whether we made it. */
export function isOurs({ metadata }: Fields): boolean {
  return objectAt(metadata, 'labels')[managedByLabel] === managedByValue;
}

function ourWebhook(configuration: Fields | undefined): Fields | undefined {
  return objectsIn(configuration?.webhooks).find(({ name }) => name === admissionWebhookName);
}
