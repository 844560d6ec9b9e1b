import * as z from 'zod';
import { git } from './git.js';
import { quayIntegrationStatus } from './integration/status.js';
import { duration, labelSelector, namespacedKeyRef, objectMeta } from './metadata.js';

export const repositoryRole = z.enum(['read', 'write', 'admin']);
export type RepositoryRole = z.infer<typeof repositoryRole>;

const certificateAuthority = z
  .strictObject({
    configMap: namespacedKeyRef('ConfigMap', 'ca.crt')
      .optional()
      .meta({ description: 'A ConfigMap with PEM certificates.' }),
    secret: namespacedKeyRef('Secret', 'ca.crt').optional().meta({ description: 'A Secret with PEM certificates.' }),
  })
  .refine((value) => (value.configMap === undefined) !== (value.secret === undefined), {
    message: 'must name exactly one of configMap and secret',
  })
  .meta({
    description: "Certificate authority for Quay's TLS, reloaded when it changes. Default: the system's trust.",
    'x-kubernetes-validations': [
      { rule: 'has(self.configMap) != has(self.secret)', message: 'must name exactly one of configMap and secret' },
    ],
  });

export const defaultGit = git.parse({});

export const quayIntegrationSpec = z.strictObject({
  clusterID: z.string().default('openshift').meta({
    description: 'Prefix of the organizations and suffix of the pull secrets of this cluster; 1 to 63 characters.',
  }),
  credentialsSecret: namespacedKeyRef('Secret', 'token').meta({
    description: "Where the OAuth token of Quay's API is.",
  }),
  quayHostname: z.string().min(1).meta({
    description: 'Quay, as https://host[:port] or host[:port]. Without a scheme it is https.',
  }),
  insecureRegistry: z.boolean().default(false).meta({
    description:
      'Accept any certificate of Quay, or an address that starts with http://, and import images without checking. The only way to skip verification.',
  }),
  scheduledImageStreamImport: z.boolean().default(false).meta({ description: 'Import the tags again on a schedule.' }),
  allowlistNamespaces: z
    .array(z.string())
    .optional()
    .meta({ description: 'Only these namespaces; may include built-in ones.' }),
  denylistNamespaces: z.array(z.string()).optional().meta({ description: 'Never these namespaces.' }),
  organizationPrefix: z.string().optional().meta({ description: 'Accepted for old objects; has no effect.' }),
  namespaceSelector: labelSelector
    .optional()
    .meta({ description: 'Only namespaces with these labels, beside the two lists. Default: all.' }),
  imageStreamSelector: labelSelector.optional().meta({
    description:
      'Only image streams with these labels become repositories, and only builds into repositories that the QuayOrganization declares are pointed at Quay. Default: all.',
  }),
  serviceAccounts: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(253).meta({ description: 'Name of the service account; * for all others.' }),
        role: repositoryRole.meta({ description: 'What its robot may do in the organization.' }),
      }),
    )
    .optional()
    .meta({
      description:
        'Service accounts that get a robot. Default: builder write, default read, deployer read; without the Build and ImageStream APIs only default read.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    }),
  certificateAuthority: certificateAuthority.optional(),
  deletionPolicy: z.enum(['Delete', 'Retain']).default('Delete').meta({
    description: 'What happens to an organization whose namespace is gone.',
  }),
  repositoryDeletionPolicy: z.enum(['Delete', 'Retain']).default('Retain').meta({
    description: 'What happens to a repository whose image stream is gone.',
  }),
  deletionLimit: z.int().min(0).default(10).meta({
    description: 'Deletions allowed in a rolling hour, for organizations and for repositories each.',
  }),
  adoption: z.enum(['Predecessor', 'Always', 'Never']).default('Predecessor').meta({
    description: 'Which existing organizations are adopted.',
  }),
  organizationEmail: z.string().min(3).optional().meta({
    description: 'Address of new organizations for registries that ask for one; <organization> is replaced.',
  }),
  git: git.default(defaultGit).meta({ description: 'The state repository.' }),
  suspend: z.boolean().default(false).meta({ description: 'Only watch and report; write nothing but status.' }),
  interval: duration.default('10m').meta({
    description:
      'Time between two resyncs with Quay; where its audit log can be read, only of what that shows to have changed.',
  }),
  fullInterval: duration.default('6h').meta({
    description: "Time within which every organization is read again although Quay's audit log shows no change of it.",
  }),
});

export const quayIntegration = z.strictObject({
  apiVersion: z.literal('quay.redhat.com/v1'),
  kind: z.literal('QuayIntegration'),
  metadata: objectMeta,
  spec: quayIntegrationSpec,
  status: quayIntegrationStatus.optional(),
});

/** Connects one Quay with the namespaces of this cluster that it selects. */
export type QuayIntegration = z.infer<typeof quayIntegration>;
export type QuayIntegrationSpec = z.infer<typeof quayIntegrationSpec>;
