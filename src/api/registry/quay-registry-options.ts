import * as z from 'zod';
import { git } from '../git.js';
import { objectMeta } from '../metadata.js';
import { access } from './options/access.js';
import { builders } from './options/builders.js';
import { quayRegistryOptionsStatus } from './options/status.js';
import { componentOptions, jobOptions } from './options/workloads.js';

const image = (of: string) =>
  z
    .string()
    .min(1)
    .optional()
    .meta({ description: `Image of ${of}, with a tag or a digest.` });

const images = z.strictObject({
  quay: image('the registry, the mirror workers and the migration'),
  clair: image('the scanner'),
  postgres: image("Quay's database"),
  clairpostgres: image("Clair's database"),
  redis: image('Redis'),
  builder: image('the builds'),
});

export const quayRegistryOptionsSpec = z.strictObject({
  components: componentOptions.optional().meta({ description: 'Pods of the components, by component.' }),
  jobs: jobOptions.optional().meta({ description: 'Pods of the Jobs that migrate databases.' }),
  objectStorage: z
    .strictObject({
      storageClassName: z.string().min(1).optional().meta({
        description: 'StorageClass of the ObjectBucketClaim. Default: openshift-storage.noobaa.io.',
      }),
      bucketClass: z.string().optional().meta({
        description:
          'Bucket class; empty for provisioners without. Default: noobaa-default-bucket-class with the default StorageClass, else none.',
      }),
    })
    .optional()
    .meta({ description: 'The bucket, while objectstorage is managed.' }),
  access: access.optional().meta({ description: 'How clients reach the registry.' }),
  images: images.optional().meta({ description: 'Images in place of those of the installation.' }),
  version: z.string().min(1).max(63).optional().meta({
    description: 'Version of Quay that the images are of. Default: that of the installation.',
  }),
  upgrades: z.enum(['Automatic', 'Manual']).default('Automatic').meta({
    description: 'Whether a new version of the installation upgrades the registry, or waits for version to name it.',
  }),
  builders: builders.optional().meta({ description: 'Builds of images by Quay. Default: none.' }),
  networkPolicies: z.boolean().default(false).meta({
    description: 'Allow only the connections that the components need.',
  }),
  volumes: z
    .strictObject({
      deletionPolicy: z.enum(['Retain', 'Delete']).default('Retain').meta({
        description: 'What happens to the volumes of the databases when the registry is deleted.',
      }),
    })
    .default({ deletionPolicy: 'Retain' })
    .meta({ description: 'Volumes of the databases.' }),
  prune: z.boolean().default(false).meta({
    description: 'Delete the objects of a component that is no longer managed, instead of releasing them.',
  }),
  suspend: z.boolean().default(false).meta({ description: 'Only watch and report; write nothing but status.' }),
  git: git
    .omit({ sync: true })
    .optional()
    .meta({ description: 'The state repository. Default: none; manifests are applied as they are rendered.' }),
  sync: z.enum(['BuiltIn', 'External', 'Direct']).optional().meta({
    description:
      'Who applies the manifests: Quayside from Git, Argo CD or Flux from Git, or Quayside without Git. Default: BuiltIn with git, else Direct.',
  }),
});

export const quayRegistryOptions = z.strictObject({
  apiVersion: z.literal('quayside.dev/v1alpha1'),
  kind: z.literal('QuayRegistryOptions'),
  metadata: objectMeta,
  spec: quayRegistryOptionsSpec,
  status: quayRegistryOptionsStatus.optional(),
});

/** What a QuayRegistry of the same name and namespace has no field for. */
export type QuayRegistryOptions = z.infer<typeof quayRegistryOptions>;
/** The same as somebody writes it: what has a default may be left out. */
export type QuayRegistryOptionsInput = z.input<typeof quayRegistryOptions>;
export type QuayRegistryOptionsSpec = z.infer<typeof quayRegistryOptionsSpec>;
