import * as z from 'zod';

const quantity = (what: string): z.ZodString =>
  z.string().regex(/^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, `must be ${what} as Kubernetes writes it`);

const cpu = quantity('an amount of CPU such as 100m or 2,').meta({ description: 'CPU, such as 100m or 2.' });
const memory = quantity('an amount of memory such as 256Mi,').meta({ description: 'Memory, such as 256Mi.' });

/** What a container asks for, and what it may use at most. */
export const resources = z.strictObject({
  requests: z.strictObject({ cpu, memory }),
  limits: z.strictObject({ cpu: cpu.optional(), memory }),
});
export interface Resources {
  /** What is kept free for it. */
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** What it may use at most; CPU without a limit is what the node has left. */
  readonly limits: { readonly cpu?: string | undefined; readonly memory: string };
}

export const storage = quantity('a size such as 1Gi,');

/** A pod toleration. */
export const toleration = z.strictObject({
  key: z.string().optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  tolerationSeconds: z.int().min(0).optional(),
});
export type Toleration = Readonly<z.infer<typeof toleration>>;

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** A name of a namespace. */
export const namespaceName = z
  .string()
  .regex(
    new RegExp(`^${label}$`),
    'must be the name of a namespace: lower-case letters, digits and dashes, at most 63',
  );

/** A name of an object whose name may have dots. */
export const objectName = z
  .string()
  .max(253)
  .regex(new RegExp(`^${label}(\\.${label})*$`), 'must be a name: lower-case letters, digits, dashes and dots');

/** An object in the namespace of the installation by its name alone, or in another one. */
export const namespacedName = z
  .string()
  .regex(new RegExp(`^(${label}/)?${label}(\\.${label})*$`), 'must be <name> or <namespace>/<name>');

/** A range of addresses. */
export const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be a range of addresses such as 10.0.0.0/28');

/** An image by version or digest; what moves under its name is refused. */
export const imageName = z
  .string()
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    {
      error: 'must be an image such as registry.example.com/quayside:1.2.3, or with @sha256: and a digest',
      abort: true,
    },
  )
  .refine((name) => name.includes('@') || /:[^/]+$/.test(name), 'must have a version or a digest')
  .refine(
    (name) => name.includes('@') || !/:latest$/i.test(name),
    'must not be latest, which is another image tomorrow',
  );

/** An address of a proxy. */
export const proxyUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/@]+\/?$/, 'must be http:// or https:// with a host, and without a user or password in it');
