import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { Access } from './constructs/access.js';
import { CertificateJob } from './constructs/certificate-job.js';
import { Certificate } from './constructs/certificate.js';
import { CrdConstructs } from './constructs/crds.js';
import { crds } from './parts/crds.js';
import { DisruptionBudget } from './constructs/disruption-budget.js';
import { Namespace } from './constructs/namespace.js';
import { NetworkPolicy, type NetworkPolicyProps } from './constructs/network-policy.js';
import { Operator } from './constructs/operator.js';
import { HooksService, OperatorService, WebhookService } from './constructs/services.js';
import { StateVolume } from './constructs/state-volume.js';
import { WebhookConfiguration } from './constructs/webhook-configuration.js';
import { Webhook } from './constructs/webhook.js';
import { WritePolicy } from './constructs/write-policy.js';
import { checkOptions } from './options/check.js';
import { type OptionsInput } from './options/props.js';
import { type Options } from './options/schema.js';
import { workloadOf } from './options/workload.js';
import { names, ports } from './parts/names.js';

/** Everything that has to be in a cluster: CRDs, RBAC, operator, webhook and its certificate. */
export class Quayside extends Chart {
  constructor(scope: Construct, id: string, options: OptionsInput = {}) {
    super(scope, id, { disableResourceNameHashes: true });
    const checked = checkOptions(options, this.node.path);
    const { namespace } = checked;
    // They come in the order in which they are needed, since kubectl creates them in the order of the file.
    new CrdConstructs(this, 'crds', crds);
    if (checked.createNamespace) new Namespace(this, 'namespace', { name: namespace });
    new Access(this, 'access', { ...checked, secrets: readSecrets(checked) });
    if (checked.writePolicy) new WritePolicy(this, 'write-policy', { namespace });
    if (checked.webhook) this.admission(checked);
    this.operator(checked);
    if (checked.disruptionBudgets) this.budgets(checked);
    if (checked.networkPolicies) this.policies(checked);
  }

  private admission(options: Options): void {
    const { namespace, certificates } = options;
    new WebhookConfiguration(this, 'webhook-configuration', options);
    new WebhookService(this, 'webhook-service', {
      namespace,
      servingCertificate: certificates === 'service-ca' ? names.certificateSecret : undefined,
    });
    if (certificates === 'job') new CertificateJob(this, 'certificate-job', workloadOf(options, 'jobResources'));
    if (certificates === 'cert-manager') new Certificate(this, 'certificate', { namespace });
    new Webhook(this, 'webhook', {
      ...workloadOf(options, 'webhookResources'),
      replicas: options.webhookReplicas,
    });
  }

  private operator(options: Options): void {
    const { namespace, gitUrl, stateVolumeSize: size, stateVolumeStorageClass: storageClass } = options;
    const { httpProxy, httpsProxy, noProxy, webhook, certificates, operatorReplicas: replicas } = options;
    const hooks = options.gitHookSecret !== undefined;
    const volume = gitUrl === undefined && new StateVolume(this, 'state-volume', { namespace, size, storageClass });
    new OperatorService(this, 'operator-service', { namespace });
    if (hooks) new HooksService(this, 'hooks-service', { namespace });
    new Operator(this, 'operator', {
      ...workloadOf(options, 'operatorResources'),
      replicas,
      certificates: webhook ? certificates : 'none',
      ...(volume && { stateVolume: volume.claim }),
      hooks,
      credentialsNamespaces: options.credentialsNamespaces,
      httpProxy,
      httpsProxy,
      noProxy,
    });
  }

  private budgets({ namespace, webhook }: Options): void {
    new DisruptionBudget(this, 'operator-budget', { namespace, name: names.operator, component: 'operator' });
    if (webhook) new DisruptionBudget(this, 'webhook-budget', { namespace, name: names.webhook, component: 'webhook' });
  }

  private policies({ namespace, webhook, certificates, apiServerCIDRs: cidrs, gitHookSecret }: Options): void {
    const policy = (
      component: 'operator' | 'webhook' | 'certificates',
      reachable: Pick<NetworkPolicyProps, 'ports' | 'restricted'>,
    ): NetworkPolicy =>
      new NetworkPolicy(this, `${component}-policy`, { namespace, name: names[component], component, ...reachable });
    const [metrics, reviews] = [[ports.metrics], [ports.webhook]];
    // Where a forge calls from is not known, and what it delivers is proved.
    policy('operator', { ports: gitHookSecret === undefined ? metrics : [...metrics, ports.hooks] });
    if (webhook) {
      policy(
        'webhook',
        cidrs ? { ports: metrics, restricted: { ports: reviews, cidrs } } : { ports: [...reviews, ...metrics] },
      );
    }
    if (webhook && certificates === 'job') policy('certificates', {});
  }
}

function readSecrets(options: Options): readonly string[] {
  const { secrets, credentialsSecret, gitSecret, gitForgeSecret, gitHookSecret } = options;
  const ofGit = [gitSecret, gitForgeSecret, gitHookSecret].filter((name) => name !== undefined);
  return [...new Set([credentialsSecret, ...ofGit, ...secrets])];
}
