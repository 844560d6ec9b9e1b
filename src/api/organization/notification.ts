import * as z from 'zod';
import { secretRef } from '../metadata.js';

export const notificationEvent = z.enum([
  'repo_push',
  'vulnerability_found',
  'repo_mirror_sync_started',
  'repo_mirror_sync_success',
  'repo_mirror_sync_failed',
  'repo_image_expiry',
]);

const needs = [
  { when: 'method', is: 'webhook', field: 'urlSecretRef' },
  { when: 'method', is: 'slack', field: 'urlSecretRef' },
  { when: 'method', is: 'email', field: 'email' },
  { when: 'method', is: 'quay_notification', field: 'target' },
  { when: 'event', is: 'vulnerability_found', field: 'vulnerabilityLevel' },
  { when: 'event', is: 'repo_image_expiry', field: 'imageExpiryDays' },
] as const;

export const notification = z
  .strictObject({
    title: z.string().min(1).max(255).meta({ description: 'Name of the notification; its identity.' }),
    event: notificationEvent.meta({ description: 'Event that triggers the notification.' }),
    vulnerabilityLevel: z.enum(['Critical', 'High', 'Medium', 'Low', 'Negligible', 'Unknown']).optional().meta({
      description: 'For vulnerability_found: at least this severe.',
    }),
    imageExpiryDays: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'For repo_image_expiry: days before a tag expires.' }),
    method: z.enum(['webhook', 'slack', 'email', 'quay_notification']).meta({ description: 'Delivery method.' }),
    urlSecretRef: secretRef.optional().meta({
      description:
        'For webhook and slack: the address, in a Secret that allows it (label quayside.dev/document-secret, annotations quayside.dev/organizations and quayside.dev/uses).',
    }),
    template: z.string().optional().meta({ description: 'For webhook: body of the request, as Quay documents it.' }),
    email: z
      .string()
      .optional()
      .meta({ description: 'For email: an address that Quay has confirmed for the repository.' }),
    target: z
      .strictObject({
        kind: z
          .enum(['user', 'team', 'org'])
          .meta({ description: 'A user, a team of the organization, or an organization.' }),
        name: z.string().min(1).meta({ description: 'Its name.' }),
      })
      .optional()
      .meta({ description: 'For quay_notification: who sees it in Quay.' }),
  })
  .superRefine((value, context) => {
    for (const { when, is, field } of needs) {
      if (value[when] !== is || value[field] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [field], message: `is needed for ${when} ${is}` });
    }
  })
  .meta({
    'x-kubernetes-validations': needs.map(({ when, is, field }) => ({
      rule: `self.${when} != '${is}' || has(self.${field})`,
      message: `${field} is needed for ${when} ${is}`,
    })),
  });
export type Notification = z.infer<typeof notification>;

interface MethodSettings {
  readonly template?: string | undefined;
  readonly email?: string | undefined;
  readonly target?: { readonly kind: string; readonly name: string } | undefined;
}

/** What a method takes beside the address, which is a secret. Other fields may be set, and have no effect. */
export function methodSettings(
  method: Notification['method'],
  { template, email, target }: MethodSettings,
): MethodSettings {
  switch (method) {
    case 'webhook':
      return { template: template === '' ? undefined : template };
    case 'slack':
      return {};
    case 'email':
      return { email };
    case 'quay_notification':
      return { target };
  }
}
