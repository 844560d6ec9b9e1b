import * as z from 'zod';
import { objectMeta } from '../metadata.js';
import { component } from './component.js';
import { quayRegistryStatus } from './status.js';

export const quayRegistrySpec = z.strictObject({
  components: z.array(component).optional().meta({
    description: 'Which parts are managed here. What is not listed has a default that depends on the cluster.',
  }),
  configBundleSecret: z.string().optional().meta({
    description: 'Secret in the same namespace with config.yaml, certificates and other files of Quay.',
  }),
});

export const quayRegistry = z.strictObject({
  apiVersion: z.literal('quay.redhat.com/v1'),
  kind: z.literal('QuayRegistry'),
  metadata: objectMeta,
  spec: quayRegistrySpec.optional(),
  status: quayRegistryStatus.optional(),
});

/** A whole registry, as the Quay Operator defined it. Its spec is the user's: nothing is ever written into it. */
export type QuayRegistry = z.infer<typeof quayRegistry>;
export type QuayRegistrySpec = z.infer<typeof quayRegistrySpec>;
