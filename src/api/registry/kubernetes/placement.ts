import * as z from 'zod';
import { openSelector } from './affinity.js';
import { int32 } from './quantity.js';

const text = (description: string) => z.string().optional().meta({ description });

export const toleration = z.strictObject({
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .optional()
    .meta({ description: 'Effect of the taint. Default: all.' }),
  key: text('Key of the taint. Default: all.'),
  operator: z.enum(['Exists', 'Equal']).optional().meta({ description: 'How the value is compared; Equal.' }),
  tolerationSeconds: z.int().optional().meta({ description: 'How long NoExecute is borne, in seconds.' }),
  value: text('Value of the taint.'),
});

export type Toleration = Readonly<z.infer<typeof toleration>>;

export const topologySpreadConstraint = z.strictObject({
  labelSelector: openSelector
    .optional()
    .meta({ description: 'Pods that are counted. Default: those of the workload.' }),
  maxSkew: int32.min(1).meta({ description: 'By how many pods two places may differ.' }),
  minDomains: int32.min(1).optional().meta({ description: 'How many places there have to be.' }),
  topologyKey: z.string().min(1).meta({ description: 'Label of nodes by which places are told apart.' }),
  whenUnsatisfiable: z
    .enum(['DoNotSchedule', 'ScheduleAnyway'])
    .meta({ description: 'What happens to a pod that would unbalance them.' }),
});

export type TopologySpreadConstraint = Readonly<z.infer<typeof topologySpreadConstraint>>;

/** Where pods may run: the part of a pod's spec that the Quay Operator's overrides lack. */
export const placementFields = {
  nodeSelector: z.record(z.string(), z.string()).optional().meta({ description: 'Labels that a node must have.' }),
  tolerations: z.array(toleration).max(50).optional().meta({ description: 'Taints that are tolerated.' }),
  topologySpreadConstraints: z
    .array(topologySpreadConstraint)
    .max(20)
    .optional()
    .meta({ description: 'How pods are spread over zones or nodes.' }),
  priorityClassName: text('PriorityClass of the pods.'),
};
