import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { certificateGrants, certificateNamespaceGrant, certificateWatchGrant } from '../access/certificates.js';
import { operatorGrants, operatorNamespaceGrant, readable } from '../access/operator.js';
import { webhookGrants, webhookNamespaceGrant } from '../access/webhook.js';
import { type Component, componentLabels } from '../parts/labels.js';
import { names } from '../parts/names.js';
import { wave } from '../parts/order.js';
import { byNamespace } from '../parts/by-namespace.js';
import { Roles } from './roles.js';

/** Who works in which namespace, and what they read there by name. */
export interface AccessProps {
  /** Namespace of the service accounts. */
  readonly namespace: string;
  /**
   * Secrets that the operator may read, as `<name>` or `<namespace>/<name>`; the right to pull secrets covers them already.
   * @default - none
   */
  readonly secrets?: readonly string[] | undefined;
  /**
   * ConfigMaps that the operator may read, as `<name>` or `<namespace>/<name>`.
   * @default - none
   */
  readonly configMaps?: readonly string[] | undefined;
  /**
   * Whether there is a webhook.
   * @default true
   */
  readonly webhook?: boolean | undefined;
  /**
   * Who makes the webhook's certificate.
   * @default 'job'
   */
  readonly certificates?: 'job' | 'cert-manager' | 'service-ca' | undefined;
}

/** The service accounts, and for each feature a small role. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, props: AccessProps) {
    super(scope, id);
    const { namespace, webhook = true, certificates = 'job' } = props;
    this.account('operator', namespace);
    this.roles('operator', { namespace, prefix: names.operator, grants: operatorGrants() });
    this.readableByName(props);
    if (!webhook) return;
    this.account('webhook', namespace);
    this.roles('webhook', { namespace, prefix: names.operator, grants: webhookGrants() });
    const own = { namespace, prefix: names.operator, within: namespace };
    this.roles('webhook', { ...own, grants: [webhookNamespaceGrant()] });
    // The operator renews what the Job has made, or watches over what others make.
    const made = certificates === 'job';
    const watched = certificateWatchGrant(made ? undefined : [names.certificateSecret]);
    this.roles('operator', { ...own, id: 'watch', grants: [watched] });
    if (!made) return;
    this.account('certificates', namespace);
    this.roles('certificates', { namespace, prefix: names.operator, grants: certificateGrants() });
    this.roles('certificates', {
      ...own,
      accounts: ['certificates', 'operator'],
      grants: [certificateNamespaceGrant()],
    });
  }

  private account(component: Component, namespace: string): void {
    const metadata = {
      name: names[component],
      namespace,
      labels: componentLabels(component),
      annotations: wave('access'),
    };
    // Pods ask for the token themselves.
    new k8s.KubeServiceAccount(this, `account-${component}`, { metadata, automountServiceAccountToken: false });
  }

  private roles(component: Component, props: RolesOf): void {
    const { accounts = [component], within, id: part = within ?? 'cluster', ...more } = props;
    const id = `${component}-${part}`;
    new Roles(this, id, { ...more, within, serviceAccounts: accounts.map((account) => names[account]) });
  }

  private readableByName({ namespace, secrets = [], configMaps = [] }: AccessProps): void {
    const named = { secrets: byNamespace(secrets, namespace), configMaps: byNamespace(configMaps, namespace) };
    const own = [operatorNamespaceGrant(named.secrets.get(namespace) ?? [], named.configMaps.get(namespace) ?? [])];
    this.roles('operator', { namespace, prefix: names.operator, within: namespace, grants: own });
    const others = [...new Set([...named.secrets.keys(), ...named.configMaps.keys()])].sort();
    for (const within of others.filter((each) => each !== namespace)) {
      const rules = readable(named.secrets.get(within) ?? [], named.configMaps.get(within) ?? []);
      const grants = [{ feature: 'integrations', rules }];
      this.roles('operator', { namespace, prefix: names.operator, within, grants });
    }
  }
}

interface RolesOf {
  /** Apart from other roles of this component in the same place. */
  readonly id?: string;
  readonly namespace: string;
  readonly prefix: string;
  readonly within?: string;
  readonly accounts?: readonly Component[];
  readonly grants: ConstructorParameters<typeof Roles>[2]['grants'];
}
