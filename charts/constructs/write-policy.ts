import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { managedByLabel, managedByValue } from '../../src/api/index.js';
import { componentLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';

/** Whose writes are limited. */
export interface WritePolicyProps {
  /** Namespace of the service accounts. */
  readonly namespace: string;
}

/**
 * Limits what our service accounts write to what they are there for, where RBAC cannot: it restricts neither by label nor by
 * type. Reads are not limited, because admission does not see them. Needs Kubernetes 1.30 or OpenShift 4.17.
 */
export class WritePolicy extends Construct {
  constructor(scope: Construct, id: string, { namespace }: WritePolicyProps) {
    super(scope, id);
    this.limit('secrets', namespace, {
      rule: { apiGroups: [''], apiVersions: ['v1'], resources: ['secrets'] },
      expression: `${isPullSecret} || ${subject}.metadata.namespace == '${namespace}' && ${isOneOf(ownSecrets)}`,
      message: `Quayside writes no Secret but pull secrets with the label ${managedByLabel}=${managedByValue} and ${ownSecrets.join(', ')}.`,
    });
    this.limit('webhooks', namespace, {
      rule: {
        apiGroups: ['admissionregistration.k8s.io'],
        apiVersions: ['v1'],
        resources: ['mutatingwebhookconfigurations'],
      },
      expression: isOneOf(configurations),
      message: `Quayside writes no MutatingWebhookConfiguration but ${configurations.join(' and ')}.`,
    });
  }

  private limit(id: string, namespace: string, { rule, expression, message }: Limit): void {
    const name = `${names.operator}-writes-${id}`;
    const metadata = { name, labels: componentLabels('operator') };
    const accounts = [names.operator, names.webhook, names.certificates].map(
      (account) => `system:serviceaccount:${namespace}:${account}`,
    );
    const apiVersion = 'admissionregistration.k8s.io/v1';
    new ApiObject(this, id, {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [{ ...rule, operations: ['CREATE', 'UPDATE', 'DELETE'] }] },
        matchConditions: [{ name: 'ours', expression: `request.userInfo.username in ${JSON.stringify(accounts)}` }],
        validations: [{ expression, message, reason: 'Forbidden' }],
      },
    });
    new ApiObject(this, `${id}-binding`, {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: name, validationActions: ['Deny'] },
    });
  }
}

interface Limit {
  readonly rule: object;
  readonly expression: string;
  readonly message: string;
}

const configurations = [names.webhookConfiguration, names.builtinNamespaces];
const ownSecrets = [names.authoritySecret, names.certificateSecret, names.ownershipSecret];

/** What is written, or what is deleted. */
const subject = '(object == null ? oldObject : object)';

const isPullSecret = [
  `${subject}.type == 'kubernetes.io/dockerconfigjson'`,
  `${subject}.metadata.?labels[?'${managedByLabel}'].orValue('') == '${managedByValue}'`,
].join(' && ');

function isOneOf(allowed: readonly string[]): string {
  return `${subject}.metadata.name in ${JSON.stringify(allowed)}`;
}
