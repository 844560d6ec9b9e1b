import * as z from 'zod';
import { limits } from '../limits/index.js';
import { objectMeta } from './metadata.js';
import { defaultPermission, robot, team } from './organization/grants.js';
import { fitsTogether, organizationName } from './organization/names.js';
import { autoPrunePolicy, immutabilityPolicy, proxyCache, quayDuration, quota } from './organization/policies.js';
import { repository } from './organization/repository.js';
import { quayOrganizationStatus } from './organization/status.js';

export const deletionPolicy = z.enum(['Delete', 'Retain']);
export type DeletionPolicy = z.infer<typeof deletionPolicy>;

const fields = {
  integration: z.string().min(1).max(253).meta({ description: 'The QuayIntegration whose connection is used.' }),
  namespace: z.string().min(1).max(63).optional().meta({
    description:
      'The namespace it comes from, and the only one that gets its pull secrets. Absent: no pull secrets, and never deleted.',
  }),
  name: organizationName.meta({ description: 'Name of the organization in Quay.' }),
  deletionPolicy: deletionPolicy
    .default('Retain')
    .meta({ description: 'What happens to it when its namespace is gone.' }),
  repositoryDeletionPolicy: deletionPolicy.default('Retain').meta({
    description: 'What happens to a repository whose image stream is gone.',
  }),
  email: z.string().min(3).max(254).optional().meta({ description: 'Contact address of the organization.' }),
  tagExpiration: quayDuration
    .optional()
    .meta({ description: 'How long deleted tags can be brought back; one of the times that Quay offers.' }),
  robots: z
    .array(robot)
    .max(1000)
    .default([])
    .meta({
      description: 'Robot accounts.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    }),
  teams: z
    .array(team)
    .max(1000)
    .default([])
    .meta({
      description: 'Teams.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    }),
  defaultPermissions: z
    .array(defaultPermission)
    .max(1000)
    .default([])
    .meta({
      description: 'Permissions that every new repository starts with, beside those of robots with a role.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['kind', 'name', 'creator'],
    }),
  quota: quota.optional().meta({ description: 'Storage that the organization may use.' }),
  autoPrune: z
    .array(autoPrunePolicy)
    .max(50)
    .optional()
    .meta({ description: 'Tags that Quay removes by itself, in every repository.' }),
  immutability: z
    .array(immutabilityPolicy)
    .max(50)
    .optional()
    .meta({
      description: 'Tags that can no longer be moved, in every repository.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['tagPattern'],
    }),
  proxyCache: proxyCache.optional().meta({ description: 'Make the organization a pull-through cache.' }),
  repositories: z
    .array(repository)
    .max(limits.repositories)
    .default([])
    .meta({
      description: 'Repositories; created private unless set otherwise.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    }),
};

export const quayOrganizationSpec = z
  .strictObject(fields)
  .superRefine((spec, context) => {
    for (const list of ['robots', 'repositories'] as const) {
      for (const [index, { name }] of spec[list].entries()) {
        if (fitsTogether(spec.name, name)) continue;
        const message = `has more than 255 characters together with the organization ${spec.name}`;
        context.addIssue({ code: 'custom', path: [list, index, 'name'], message });
      }
    }
  })
  .meta({
    'x-kubernetes-validations': ['robots', 'repositories'].map((list) => ({
      rule: `!has(self.${list}) || self.${list}.all(item, size(self.name) + size(item.name) < 255)`,
      message: `a name in ${list} has more than 255 characters together with the organization`,
    })),
  });

/** What an overlay may contain: any of the fields, each as it would stand in the whole. */
export const quayOrganizationOverlay = z.strictObject(fields).partial();

export const quayOrganization = z.strictObject({
  apiVersion: z.literal('quayside.dev/v1alpha1'),
  kind: z.literal('QuayOrganization'),
  metadata: objectMeta,
  spec: quayOrganizationSpec,
  status: quayOrganizationStatus.optional(),
});

/** One organization in Quay, and the desired state of its content. */
export type QuayOrganization = z.infer<typeof quayOrganization>;
export type QuayOrganizationSpec = z.infer<typeof quayOrganizationSpec>;
