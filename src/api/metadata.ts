import * as z from 'zod';

/** The parts of Kubernetes' object metadata that Quayside reads; the rest passes through. */
export const objectMeta = z.looseObject({
  name: z.string().min(1).max(253),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  generation: z.number().int().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  finalizers: z.array(z.string()).optional(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish(),
});

export type ObjectMeta = z.infer<typeof objectMeta>;

/** An object in a named namespace, and the key inside it. */
export const namespacedKeyRef = (
  what: string,
  key: string,
): z.ZodObject<{
  namespace: z.ZodString;
  name: z.ZodString;
  key: z.ZodDefault<z.ZodString>;
}> =>
  z.strictObject({
    namespace: z
      .string()
      .min(1)
      .meta({ description: `Namespace of the ${what}.` }),
    name: z
      .string()
      .min(1)
      .meta({ description: `Name of the ${what}.` }),
    key: z
      .string()
      .min(1)
      .default(key)
      .meta({ description: `Key inside the ${what}.` }),
  });

/** A value kept in a Secret of the operator's own namespace, so that it never stands in Git; which documents may have it, that Secret says. */
export const secretRef = z
  .strictObject({
    name: z.string().min(1).meta({ description: 'Name of the Secret.' }),
    key: z.string().min(1).meta({ description: 'Key inside the Secret.' }),
  })
  .meta({
    description: "A key of a Secret in the operator's namespace.",
  });

export type SecretRef = z.infer<typeof secretRef>;

/** Kubernetes' label selector. */
export const labelSelector = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).optional().meta({ description: 'Labels that must all match.' }),
  matchExpressions: z
    .array(
      z.strictObject({
        key: z.string().min(1).meta({ description: 'Key of the label.' }),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']).meta({ description: 'How it is compared.' }),
        values: z.array(z.string()).optional().meta({ description: 'Values to compare with, for In and NotIn.' }),
      }),
    )
    .optional()
    .meta({ description: 'Requirements that must all hold.' }),
});

export type LabelSelector = z.infer<typeof labelSelector>;

/** A length of time in Go's notation, as elsewhere in Kubernetes: `90s`, `10m`, `1h30m`. */
export const duration = z
  .string()
  .regex(/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/, 'must be a duration such as 30s, 10m or 1h30m');

/** Seconds of a duration that the schema has accepted. */
export function durationSeconds(text: string): number {
  const units = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;
  let seconds = 0;
  for (const [, value, unit] of text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/gy)) {
    seconds += Number(value) * units[unit as keyof typeof units];
  }
  return seconds;
}
