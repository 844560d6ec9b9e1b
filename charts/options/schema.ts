import * as z from 'zod';
import { version } from '../version.js';
import {
  cidr,
  imageName,
  namespacedName,
  namespaceName,
  objectName,
  proxyUrl,
  resources,
  storage,
  toleration,
} from './fields.js';

const small = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } };

/** Every option of an installation, with its meaning and default. All are flat, so that file, environment and code agree. */
export const optionsSchema = z.strictObject({
  namespace: namespaceName.default('quayside').meta({ description: 'Namespace that everything runs in.' }),
  createNamespace: z.boolean().default(true).meta({ description: 'Whether the namespace is part of the manifests.' }),
  image: imageName.default(`registry.example.com/quayside/quayside:${version}`).meta({
    description: 'Image of all containers, by version or by digest.',
  }),
  imagePullPolicy: z
    .enum(['IfNotPresent', 'Always'])
    .default('IfNotPresent')
    .meta({ description: 'Image pull policy.' }),
  imagePullSecrets: z.array(objectName).default([]).meta({ description: 'Image pull secrets.' }),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info').meta({ description: 'Log level.' }),
  operatorReplicas: z.int().min(1).max(5).optional().meta({
    description: 'Replicas of the operator; one is the leader. Default: 2, or 1 with the embedded state repository.',
  }),
  webhookReplicas: z
    .int()
    .min(1)
    .max(10)
    .default(2)
    .meta({ description: 'Replicas of the webhook; all of them serve.' }),
  operatorResources: resources
    .default({ requests: { cpu: '100m', memory: '192Mi' }, limits: { memory: '512Mi' } })
    .meta({ description: 'Resource requests and limits of the operator.' }),
  webhookResources: resources.default(small).meta({ description: 'Resource requests and limits of the webhook.' }),
  jobResources: resources.default(small).meta({ description: 'Resource requests and limits of the certificate Job.' }),
  runAsUser: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'User and group of files of all pods. Leave out on OpenShift, which chooses them itself.' }),
  nodeSelector: z.record(z.string(), z.string()).default({}).meta({ description: 'Node selector of the pods.' }),
  tolerations: z.array(toleration).default([]).meta({ description: 'Pod tolerations.' }),
  priorityClassName: objectName.optional().meta({ description: 'Priority class of all pods.' }),
  httpProxy: proxyUrl.optional().meta({ description: 'Proxy for addresses that start with http://.' }),
  httpsProxy: proxyUrl.optional().meta({ description: 'Proxy for addresses that start with https://.' }),
  noProxy: z.string().min(1).optional().meta({ description: 'Hosts reached without the proxy, separated by commas.' }),
  webhook: z.boolean().default(true).meta({ description: 'Whether the webhook rewrites builds to Quay.' }),
  failurePolicy: z.enum(['Ignore', 'Fail']).default('Ignore').meta({
    description: 'Failure policy of the webhook when no replica answers: create the Build as it is, or refuse it.',
  }),
  certificates: z
    .enum(['job', 'cert-manager', 'service-ca'])
    .default('job')
    .meta({ description: "Who creates the webhook's certificate: Quayside, cert-manager or OpenShift." }),
  networkPolicies: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether NetworkPolicies allow only the ports in use.' }),
  writePolicy: z.boolean().default(false).meta({
    description:
      'Whether ValidatingAdmissionPolicies limit what our accounts write: pull secrets, own Secrets, own webhook configurations. Needs Kubernetes 1.30.',
  }),
  apiServerCIDRs: z.array(cidr).min(1).optional().meta({
    description: 'Addresses that the API servers call from: then nothing else reaches the webhook. Default: any.',
  }),
  disruptionBudgets: z.boolean().default(true).meta({ description: 'Whether there are PodDisruptionBudgets.' }),
  secrets: z.array(namespacedName).default([]).meta({
    description:
      'Secrets to name in Roles, beside those that other options name. Narrows nothing: writing pull secrets takes the right to all of them.',
  }),
  configMaps: z.array(namespacedName).default([]).meta({ description: 'ConfigMaps with CAs that integrations name.' }),
  integration: objectName.default('quay').meta({ description: 'Name of the QuayIntegration in the examples.' }),
  clusterID: z.string().min(1).max(63).default('openshift').meta({ description: 'Cluster ID in the examples.' }),
  quayHostname: z
    .string()
    .regex(/^(https?:\/\/)?[^\s/@]+\/?$/, 'must be a host, or https:// and a host')
    .default('https://quay.example.com')
    .meta({ description: 'Address of Quay in the examples.' }),
  credentialsSecret: namespacedName
    .default('quay-token')
    .meta({ description: "Secret with the token of Quay's API, which the operator may read." }),
  credentialsNamespaces: z.array(namespaceName).min(1).optional().meta({
    description:
      "Namespaces that tokens are taken from; a Secret elsewhere needs the annotation quayside.dev/hosts. Default: the operator's and openshift-operators.",
  }),
  gitUrl: z
    .string()
    .regex(/^[^\s]+$/, 'must be an address without spaces')
    .optional()
    .meta({ description: 'Remote state repository. Default: the embedded one, on a volume.' }),
  gitBranch: z.string().min(1).default('main').meta({ description: 'Branch that holds the state.' }),
  gitPath: z.string().optional().meta({ description: 'Folder inside the state repository. Default: its root.' }),
  gitSecret: objectName.optional().meta({ description: 'Secret with the credentials of the state repository.' }),
  gitForgeSecret: objectName.optional().meta({
    description: 'Secret with the token or App of the forge, for pull requests. Default: the password of gitSecret.',
  }),
  gitHookSecret: objectName.optional().meta({
    description:
      'Secret that proves the webhooks of the forge: then the operator receives them, at the Service quayside-hooks. Default: none are received.',
  }),
  gitReview: z
    .enum(['None', 'Destructive', 'All'])
    .default('None')
    .meta({ description: 'Which changes wait for a pull request to be merged.' }),
  gitSync: z
    .enum(['BuiltIn', 'External'])
    .default('BuiltIn')
    .meta({ description: 'Who applies the documents to the cluster: Quayside, or Argo CD or Flux.' }),
  stateVolumeSize: storage
    .optional()
    .meta({ description: 'Size of the volume of the embedded state repository: 1Gi.' }),
  stateVolumeStorageClass: objectName
    .optional()
    .meta({ description: "Storage class of that volume. Default: the cluster's." }),
});

/** All options with their defaults filled in. */
export type Options = z.infer<typeof optionsSchema>;
