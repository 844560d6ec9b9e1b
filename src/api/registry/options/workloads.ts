import * as z from 'zod';
import { affinity } from '../kubernetes/affinity.js';
import { placementFields } from '../kubernetes/placement.js';
import { resources } from '../kubernetes/quantity.js';
import { podSecurityContext } from '../kubernetes/security-context.js';

const texts = (description: string) => z.record(z.string(), z.string()).optional().meta({ description });
const count = z.union([z.int().min(0), z.string().regex(/^\d{1,3}%$/, 'must be a number or a percentage')]).meta({
  'x-kubernetes-int-or-string': true,
});

const disruptionBudget = z
  .strictObject({
    minAvailable: count.optional().meta({ description: 'How many pods must stay: a number or a percentage.' }),
    maxUnavailable: count.optional().meta({ description: 'How many pods may be missing: a number or a percentage.' }),
  })
  .refine(
    (budget) => budget.minAvailable === undefined || budget.maxUnavailable === undefined,
    'must state one of minAvailable and maxUnavailable',
  )
  .meta({
    'x-kubernetes-validations': [
      {
        rule: '!has(self.minAvailable) || !has(self.maxUnavailable)',
        message: 'must state one of minAvailable and maxUnavailable',
      },
    ],
  });

const pods = {
  ...placementFields,
  imagePullSecrets: z
    .array(z.string().min(1))
    .max(20)
    .optional()
    .meta({ description: 'Names of Secrets of this namespace that images are pulled with.' }),
};

const workload = {
  ...pods,
  serviceAccount: z
    .strictObject({ annotations: texts('Annotations, as a workload identity of a cloud needs them.') })
    .optional()
    .meta({ description: "The component's ServiceAccount." }),
  podSecurityContext: podSecurityContext.optional().meta({
    description: 'Security settings of the pods. For plain Kubernetes: OpenShift chooses the user itself.',
  }),
  disruptionBudget: disruptionBudget
    .optional()
    .meta({ description: 'How many pods may be missing while nodes are drained. Default: no budget.' }),
};

const percent = (of: string, standard: number | undefined) =>
  z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: `Utilisation of ${of}, in percent of the requests.${standard === undefined ? '' : ` Default: ${standard}.`}`,
    });

export const autoscaling = z
  .strictObject({
    minReplicas: z.int().min(1).max(1000).optional().meta({ description: 'Fewest pods. Default: 2.' }),
    maxReplicas: z.int().min(1).max(1000).optional().meta({
      description: 'Most pods. Default: 20; of clair 10.',
    }),
    cpu: percent('CPU', 90),
    memory: percent('memory', 90),
  })
  .meta({ description: 'Bounds of the autoscaler, while horizontalpodautoscaler is managed.' });

const scaled = z.strictObject({ ...workload, autoscaling: autoscaling.optional() });

/** What each component's pods can be given beside the overrides of the QuayRegistry. */
export const componentOptions = z.strictObject({
  quay: scaled.optional().meta({ description: 'The registry itself.' }),
  clair: scaled.optional().meta({ description: 'The scanner.' }),
  mirror: scaled.optional().meta({ description: 'The mirror workers.' }),
  postgres: z.strictObject(workload).optional().meta({ description: "Quay's database." }),
  clairpostgres: z.strictObject(workload).optional().meta({ description: "Clair's database." }),
  redis: z.strictObject(workload).optional().meta({ description: 'Redis.' }),
});

export type ComponentOptions = Readonly<z.infer<typeof componentOptions>>;

/** Options of one component with a workload; `autoscaling` only where there is an autoscaler. */
export type WorkloadOptions = NonNullable<ComponentOptions['quay']>;

export const jobOptions = z.strictObject({
  ...pods,
  affinity: affinity.optional().meta({ description: 'Affinity of the pods.' }),
  labels: texts('Labels of the Job and its pods.'),
  annotations: texts('Annotations of the Job and its pods.'),
  resources: resources.optional().meta({ description: 'Takes the place of the built-in requests and limits.' }),
});

export type JobOptions = Readonly<z.infer<typeof jobOptions>>;
