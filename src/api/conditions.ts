import * as z from 'zod';

export const condition = z
  .strictObject({
    type: z.string().meta({ description: 'Type of the condition: Ready, Reconciling, Stalled or another.' }),
    status: z.enum(['True', 'False', 'Unknown']).meta({ description: 'Status of the condition.' }),
    reason: z.string().meta({ description: 'Reason, one word of the documented vocabulary.' }),
    message: z.string().default('').meta({ description: 'Details for a person.' }),
    observedGeneration: z.int().optional().meta({ description: 'Generation that the condition was set for.' }),
    lastTransitionTime: z.string().meta({ description: 'When the status last changed.' }),
  })
  .meta({ description: 'One condition, as the Kubernetes API conventions describe it.' });

export type Condition = z.infer<typeof condition>;

/** The conditions of an object, one of each type. */
export const conditions = z
  .array(condition)
  .optional()
  .meta({
    description: 'Ready, Reconciling, Stalled and others, with a reason of the documented vocabulary.',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
  });

// One vocabulary for conditions and errors: declared with the errors, which import nothing.
export { reasons, type Reason } from '../errors/index.js';
