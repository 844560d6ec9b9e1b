/** Quayside's constructs and charts, for people's own cdk8s apps. */
export { Access, type AccessProps } from './constructs/access.js';
export { Certificate, type CertificateProps } from './constructs/certificate.js';
export { CertificateJob } from './constructs/certificate-job.js';
export { Dashboard, type DashboardProps } from './constructs/dashboard.js';
export { CrdConstructs } from './constructs/crds.js';
export { DisruptionBudget, type DisruptionBudgetProps } from './constructs/disruption-budget.js';
export { Namespace, type NamespaceProps } from './constructs/namespace.js';
export { NetworkPolicy, type NetworkPolicyProps } from './constructs/network-policy.js';
export { Operator, type OperatorProps } from './constructs/operator.js';
export { PrometheusRule, type PrometheusRuleProps } from './constructs/prometheus-rule.js';
export { type IQuayIntegration, QuayIntegration, type QuayIntegrationProps } from './constructs/quay-integration.js';
export { Roles, type RolesProps } from './constructs/roles.js';
export { ServiceMonitor, type ServiceMonitorProps } from './constructs/service-monitor.js';
export {
  HooksService,
  OperatorService,
  type ServiceProps,
  WebhookService,
  type WebhookServiceProps,
} from './constructs/services.js';
export { StateVolume, type StateVolumeProps } from './constructs/state-volume.js';
export { Webhook, type WebhookProps } from './constructs/webhook.js';
export { WebhookConfiguration, type WebhookConfigurationProps } from './constructs/webhook-configuration.js';
export { WritePolicy, type WritePolicyProps } from './constructs/write-policy.js';
export { CustomResourceDefinitions } from './custom-resource-definitions.js';
export { Monitoring } from './monitoring.js';
export { checkOptions } from './options/check.js';
export { type OptionsInput } from './options/props.js';
export { type Options } from './options/schema.js';
export { type Grant, type Rule } from './access/rule.js';
export { type WorkloadProps } from './parts/workload-props.js';
export { Quayside } from './quayside.js';
export * from './registry/index.js';
export { type QuayRegistry as QuayRegistryObject, type QuayRegistryOptionsInput } from '../src/api/registry/index.js';
export { type ClusterFacts, type RegistryModel, type StorageEngine } from '../src/registry/index.js';
