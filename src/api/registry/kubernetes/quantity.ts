import * as z from 'zod';

const pattern =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';
// Without the groups of the pattern above, and read in one pass.
const quantityText = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?(?:\d+(?:\.\d*)?|\.\d+))?$/;

/** A Kubernetes quantity: `50Gi`, `500m`, `2`. */
export const quantity = z
  .union([z.int(), z.string().regex(quantityText, 'must be a quantity such as 50Gi, 500m or 2')])
  .meta({ 'x-kubernetes-int-or-string': true, pattern });

export type Quantity = z.infer<typeof quantity>;

/** Kubernetes' 32-bit whole number. */
export const int32 = z.int().meta({ format: 'int32' });

const amounts = z.record(z.string(), quantity);

/** Requests and limits of a container, without claims. */
export const resources = z.strictObject({
  limits: amounts.optional().meta({ description: 'The most that the container gets, by resource.' }),
  requests: amounts.optional().meta({ description: 'What the container is scheduled with, by resource.' }),
});

export type Resources = Readonly<z.infer<typeof resources>>;
