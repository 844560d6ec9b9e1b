import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Grant, type Rule } from '../access/rule.js';
import { installationLabels } from '../parts/labels.js';
import { wave } from '../parts/order.js';

/** Where the accounts are, and what they may do. */
export interface RolesProps {
  /** Namespace of the service accounts. */
  readonly namespace: string;
  /** Names of the service accounts that get the roles. */
  readonly serviceAccounts: readonly string[];
  /** What the names of the roles begin with. */
  readonly prefix: string;
  /** The rules, a role for each. */
  readonly grants: readonly Grant[];
  /**
   * Namespace of the roles.
   * @default - the whole cluster
   */
  readonly within?: string | undefined;
}

/** One small role for each feature, bound to the accounts that need it. */
export class Roles extends Construct {
  constructor(scope: Construct, id: string, props: RolesProps) {
    super(scope, id);
    for (const { feature, rules } of props.grants) {
      const name = feature === '' ? props.prefix : `${props.prefix}-${feature}`;
      const metadata = { name, namespace: props.within, labels: installationLabels, annotations: wave('access') };
      const role = { metadata, rules: rules.map(policyRule) };
      const binding = (kind: string): k8s.KubeRoleBindingProps => ({
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
        subjects: props.serviceAccounts.map((account) => ({
          kind: 'ServiceAccount',
          name: account,
          namespace: props.namespace,
        })),
      });
      if (props.within === undefined) {
        new k8s.KubeClusterRole(this, `role-${feature}`, role);
        new k8s.KubeClusterRoleBinding(this, `binding-${feature}`, binding('ClusterRole'));
      } else {
        new k8s.KubeRole(this, `role-${feature}`, role);
        new k8s.KubeRoleBinding(this, `binding-${feature}`, binding('Role'));
      }
    }
  }
}

function policyRule({ apiGroups, resources, verbs, resourceNames }: Rule): k8s.PolicyRule {
  return {
    apiGroups: [...apiGroups],
    resources: [...resources],
    verbs: [...verbs],
    ...(resourceNames && { resourceNames: [...resourceNames] }),
  };
}
