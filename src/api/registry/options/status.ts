import * as z from 'zod';
import { conditions } from '../../conditions.js';

export const quayRegistryOptionsStatus = z.looseObject({
  observedGeneration: z.int().optional().meta({ description: 'Generation that this status was set for.' }),
  conditions,
});

export type QuayRegistryOptionsStatus = Readonly<z.infer<typeof quayRegistryOptionsStatus>>;
