import * as z from 'zod';
import { permission } from './grants.js';
import { repositoryName } from './names.js';
import { notification } from './notification.js';
import { autoPrunePolicy, immutabilityPolicy, mirror } from './policies.js';

export const repository = z.strictObject({
  name: repositoryName.meta({ description: 'Name inside the organization.' }),
  source: z.enum(['ImageStream']).optional().meta({
    description: 'Set by Quayside on the repository of an image stream of the namespace.',
  }),
  visibility: z.enum(['private', 'public']).optional().meta({
    description: 'Enforced where set; a new repository is private otherwise.',
  }),
  description: z.string().optional().meta({ description: 'Text on the page of the repository.' }),
  permissions: z
    .array(permission)
    .max(1000)
    .optional()
    .meta({
      description: 'Who may use it, beside the robots with a role.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['kind', 'name'],
    }),
  autoPrune: z.array(autoPrunePolicy).max(50).optional().meta({ description: 'Tags that Quay removes by itself.' }),
  immutability: z
    .array(immutabilityPolicy)
    .max(50)
    .optional()
    .meta({
      description: 'Tags that can no longer be moved; Quay marks existing ones for good.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['tagPattern'],
    }),
  mirror: mirror.optional().meta({ description: 'Fill it from another registry.' }),
  notifications: z
    .array(notification)
    .max(50)
    .optional()
    .meta({
      description: 'Notifications of the repository.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['title'],
    }),
});
export type Repository = z.infer<typeof repository>;
