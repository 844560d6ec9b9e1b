import * as z from 'zod';
import { secretRef } from '../metadata.js';
import { robotName } from './names.js';

/** A length of time in Quay's notation: one number and one of s, m, h, d, w. */
export const quayDuration = z
  .string()
  .regex(/^(0|[1-9][0-9]*)[smhdw]$/, 'must be a number and one of s, m, h, d, w, such as 14d');

/** Seconds of a `quayDuration`. */
export function quayDurationSeconds(text: string): number {
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
  return Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? Number.NaN);
}

const tagPattern = {
  tagPattern: z
    .string()
    .min(1)
    .max(256)
    .meta({ description: 'Regular expression that is matched against the whole tag.' }),
  tagPatternMatches: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether the policy applies to tags that match, or to the others.' }),
};

export const quota = z.strictObject({
  size: z
    .string()
    .regex(/^[1-9][0-9]*(Ki|Mi|Gi|Ti|Pi)?$/, 'must be bytes, or a number with Ki, Mi, Gi, Ti or Pi')
    .meta({ description: 'What the images of the organization may take together: 10Gi.' }),
  limits: z
    .array(
      z.strictObject({
        type: z.enum(['Warning', 'Reject']).meta({ description: 'Warn, or refuse pushes.' }),
        percent: z.int().min(1).max(100).meta({ description: 'Share of the size at which it happens.' }),
      }),
    )
    .default([])
    .meta({
      description: 'What happens when it fills up.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type', 'percent'],
    }),
});
export type Quota = z.infer<typeof quota>;

/** Bytes of `quota.size`. */
export function quotaBytes(size: string): number {
  const [, digits = '', unit = ''] = /^([0-9]+)([A-Za-z]*)$/.exec(size) ?? [];
  return Number(digits) * 1024 ** ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'].indexOf(unit);
}

export const autoPrunePolicy = z
  .strictObject({
    numberOfTags: z.int().min(1).optional().meta({ description: 'Keep this many tags of a repository.' }),
    olderThan: quayDuration.optional().meta({ description: 'Remove tags created longer ago than this.' }),
    tagPattern: tagPattern.tagPattern.optional(),
    tagPatternMatches: tagPattern.tagPatternMatches,
  })
  .refine((policy) => (policy.numberOfTags === undefined) !== (policy.olderThan === undefined), {
    message: 'must set exactly one of numberOfTags and olderThan',
  })
  .meta({
    'x-kubernetes-validations': [
      {
        rule: 'has(self.numberOfTags) != has(self.olderThan)',
        message: 'must set exactly one of numberOfTags and olderThan',
      },
    ],
  });
export type AutoPrunePolicy = z.infer<typeof autoPrunePolicy>;

export const immutabilityPolicy = z.strictObject(tagPattern);
export type ImmutabilityPolicy = z.infer<typeof immutabilityPolicy>;

const credentials = {
  username: z.string().min(1).optional().meta({ description: 'User at the other registry.' }),
  passwordSecretRef: secretRef.optional().meta({
    description:
      'Password or token of that user, in a Secret that allows it (label quayside.dev/document-secret, annotations quayside.dev/organizations and quayside.dev/uses).',
  }),
};

export const proxyCache = z.strictObject({
  upstreamRegistry: z
    .string()
    .min(1)
    .meta({ description: 'Registry, with a namespace where wanted: registry.example.com/library.' }),
  expirationSeconds: z.int().min(0).default(86_400).meta({ description: 'How long a pulled image is kept.' }),
  insecure: z.boolean().default(false).meta({ description: 'Speak plain HTTP to it.' }),
  ...credentials,
});
export type ProxyCache = z.infer<typeof proxyCache>;

export const mirror = z.strictObject({
  externalReference: z.string().min(1).meta({ description: 'What is mirrored: registry.example.com/library/nginx.' }),
  tags: z.array(z.string().min(1)).min(1).meta({ description: 'Tags, with * and ? as wildcards.' }),
  robot: robotName.meta({ description: 'Short name of the robot that writes.' }),
  interval: quayDuration.default('1d').meta({ description: 'Time between two runs; at least a minute.' }),
  startDate: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'must look like 2026-01-31T00:00:00Z')
    .default('2020-01-01T00:00:00Z')
    .meta({ description: 'First run, in UTC. Quay moves it on with every run.' }),
  enabled: z.boolean().default(true).meta({ description: 'Whether it runs.' }),
  verifyTLS: z.boolean().default(true).meta({ description: "Check the other registry's certificate." }),
  unsignedImages: z.boolean().default(false).meta({ description: 'Accept images without a signature.' }),
  timeoutSeconds: z.int().min(300).max(43_200).default(300).meta({ description: 'Longest time for one image.' }),
  architectures: z
    .array(z.enum(['amd64', 'arm64', 'ppc64le', 's390x']))
    .optional()
    .meta({ description: 'Only these. Default: left as it is.', 'x-kubernetes-list-type': 'set' }),
  proxy: z
    .strictObject({
      httpProxy: z.string().optional().meta({ description: 'For http.' }),
      httpsProxy: z.string().optional().meta({ description: 'For https.' }),
      noProxy: z.string().optional().meta({ description: 'Hosts that are reached without it.' }),
    })
    .optional()
    .meta({ description: 'Proxy to the registry.' }),
  ...credentials,
});
export type Mirror = z.infer<typeof mirror>;
