import * as z from 'zod';
import { repositoryRole } from '../quay-integration.js';
import { robotName, teamName } from './names.js';

/** Who a permission is for. A robot is named by its short name, without the organization. */
export const granteeKind = z.enum(['robot', 'team', 'user']);
export type GranteeKind = z.infer<typeof granteeKind>;

const grantee = {
  kind: granteeKind.meta({ description: 'Who the permission is for.' }),
  name: z.string().min(1).max(255).meta({ description: 'Name of the user or team, or the short name of the robot.' }),
  role: repositoryRole.meta({ description: 'What they may do.' }),
};

/** Quay calls a robot a user with its full name; here it would never be found again as one. */
const notAsUser = ({ kind, name }: { readonly kind: GranteeKind; readonly name: string }): boolean =>
  kind !== 'user' || !name.includes('+');
const robotAsUser = { path: ['name'], message: 'is the name of a robot', params: { hint: 'use kind robot' } };

export const permission = z.strictObject(grantee).refine(notAsUser, robotAsUser);
export type Permission = z.infer<typeof permission>;

export const defaultPermission = z
  .strictObject({
    ...grantee,
    creator: z.string().default('').meta({
      description:
        'Only for repositories that this user or robot (short name with a leading +) creates. Default: whoever creates them.',
    }),
  })
  .refine(notAsUser, robotAsUser);
export type DefaultPermission = z.infer<typeof defaultPermission>;

export const robot = z.strictObject({
  name: robotName.meta({ description: 'Short name, without the organization.' }),
  role: repositoryRole.optional().meta({
    description: 'Default permission, and permission on every repository listed here. Absent: neither is enforced.',
  }),
  description: z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'Set when the robot is created; Quay cannot change it later.' }),
  pullSecret: z
    .strictObject({
      name: z.string().min(1).max(253).meta({ description: "Name of the Secret in the organization's namespace." }),
      serviceAccount: z.string().min(1).max(253).meta({ description: 'Service account that uses it.' }),
    })
    .optional()
    .meta({ description: 'The pull secret that carries its token.' }),
});
export type Robot = z.infer<typeof robot>;

export const team = z.strictObject({
  name: teamName.meta({ description: 'Name of the team.' }),
  role: z.enum(['member', 'creator', 'admin']).default('member').meta({ description: 'Role in the organization.' }),
  description: z.string().optional().meta({ description: 'Text beside the team.' }),
  members: z.array(z.string().min(1)).optional().meta({
    description: 'Users, and robots as +<short name>, that are in the team.',
    'x-kubernetes-list-type': 'set',
  }),
  sync: z
    .strictObject({
      groupDN: z.string().min(1).optional().meta({ description: 'LDAP group, relative to the base DN.' }),
      groupID: z.string().min(1).optional().meta({ description: 'Keystone group.' }),
      groupName: z.string().min(1).optional().meta({ description: 'OIDC group.' }),
    })
    .refine((sync) => Object.values(sync).filter((value) => value !== undefined).length === 1, {
      message: 'must name exactly one of groupDN, groupID and groupName',
    })
    .optional()
    .meta({ description: 'Membership follows a group of the identity provider.', minProperties: 1, maxProperties: 1 }),
});
export type Team = z.infer<typeof team>;
