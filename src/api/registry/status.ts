import * as z from 'zod';

const time = z.string().meta({ format: 'date-time' }).optional();

const registryCondition = z.object({
  lastTransitionTime: time.meta({ description: 'When the status last changed.' }),
  lastUpdateTime: time.meta({ description: 'When the condition was last written.' }),
  message: z.string().optional().meta({ description: 'Details for a person.' }),
  reason: z.string().optional().meta({ description: 'Reason, one word.' }),
  status: z.string().optional().meta({ description: 'True, False or Unknown.' }),
  type: z.string().optional().meta({ description: 'Type of the condition.' }),
});

/** A condition of a registry, in the form that the Quay Operator gave it. */
export type RegistryCondition = Readonly<z.infer<typeof registryCondition>>;

export const quayRegistryStatus = z.object({
  conditions: z.array(registryCondition).optional().meta({ description: 'State of the registry and its components.' }),
  currentVersion: z.string().optional().meta({ description: 'Version of Quay whose migrations have finished.' }),
  lastUpdated: z.string().optional().meta({ description: 'When the status was last written.' }),
  observedGeneration: z.int().optional().meta({ description: 'Generation that this status was set for.' }),
  registryEndpoint: z.string().optional().meta({ description: 'Address of the registry.' }),
});

export type QuayRegistryStatus = Readonly<z.infer<typeof quayRegistryStatus>>;
