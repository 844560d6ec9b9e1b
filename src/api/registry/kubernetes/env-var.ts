import * as z from 'zod';
import { quantity } from './quantity.js';

const atomic = { 'x-kubernetes-map-type': 'atomic' };

const keyOf = (kind: string) =>
  z
    .strictObject({
      key: z.string().meta({ description: `Key of the ${kind}.` }),
      name: z
        .string()
        .optional()
        .meta({ description: `Name of the ${kind}.` }),
      optional: z
        .boolean()
        .optional()
        .meta({ description: `Whether the ${kind} or its key may be missing.` }),
    })
    .meta(atomic);

const source = z.strictObject({
  configMapKeyRef: keyOf('ConfigMap').optional().meta({ description: 'A key of a ConfigMap.' }),
  fieldRef: z
    .strictObject({
      apiVersion: z.string().optional().meta({ description: 'Version that the path is written for; v1.' }),
      fieldPath: z.string().meta({ description: 'Path of the field, such as metadata.name.' }),
    })
    .meta(atomic)
    .optional()
    .meta({ description: 'A field of the pod.' }),
  resourceFieldRef: z
    .strictObject({
      containerName: z.string().optional().meta({ description: 'Name of the container.' }),
      divisor: quantity.optional().meta({ description: 'Unit of the value; 1.' }),
      resource: z.string().meta({ description: 'The request or limit, such as limits.cpu.' }),
    })
    .meta(atomic)
    .optional()
    .meta({ description: 'A request or limit of a container.' }),
  secretKeyRef: keyOf('Secret').optional().meta({ description: 'A key of a Secret.' }),
});

/** One variable of a container's environment. */
export const envVar = z.strictObject({
  name: z.string().meta({ description: 'Name of the variable.' }),
  value: z.string().optional().meta({ description: 'Value of the variable.' }),
  valueFrom: source.optional().meta({ description: 'Where the value comes from instead.' }),
});

export type EnvVar = Readonly<z.infer<typeof envVar>>;
