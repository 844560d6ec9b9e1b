import * as z from 'zod';
import { affinity } from './kubernetes/affinity.js';
import { envVar } from './kubernetes/env-var.js';
import { int32, quantity, resources } from './kubernetes/quantity.js';
import { securityContext } from './kubernetes/security-context.js';

/** The eleven components, in the order of the Quay Operator's enumeration. */
export const componentKind = z.enum([
  'quay',
  'postgres',
  'clair',
  'clairpostgres',
  'redis',
  'horizontalpodautoscaler',
  'objectstorage',
  'route',
  'mirror',
  'monitoring',
  'tls',
]);

export type ComponentKind = z.infer<typeof componentKind>;

const texts = (description: string) => z.record(z.string(), z.string()).optional().meta({ description });

export const override = z.strictObject({
  affinity: affinity.optional().meta({ description: 'Takes the place of the built-in affinity of the pods.' }),
  annotations: texts('Annotations of the Deployment and its pods, or of the Routes.'),
  env: z.array(envVar).optional().meta({ description: 'Variables that are set or replaced in the containers.' }),
  labels: texts('Labels of the Deployment and its pods, or of the Routes.'),
  replicas: int32.min(0).nullable().optional().meta({
    description: 'Number of pods; null leaves it to an autoscaler of your own.',
  }),
  resources: resources.optional().meta({ description: 'Takes the place of the built-in requests and limits.' }),
  securityContext: securityContext
    .optional()
    .meta({ description: 'Takes the place of the security context of the containers.' }),
  storageClassName: z.string().optional().meta({ description: 'StorageClass of the volume.' }),
  volumeSize: quantity.optional().meta({ description: 'Size of the volume.' }),
});

export type Override = Readonly<z.infer<typeof override>>;

export const component = z
  .strictObject({
    kind: componentKind.meta({ description: 'Which component.' }),
    managed: z.boolean().meta({ description: 'Whether it is deployed and configured here, or brought by the user.' }),
    overrides: override.optional().meta({ description: 'What is different from the built-in settings.' }),
    secretRef: z
      .strictObject({ name: z.string().optional().meta({ description: 'Name of the Secret.' }) })
      .meta({ 'x-kubernetes-map-type': 'atomic' })
      .optional()
      .meta({ description: 'For tls that is not managed: a Secret of type kubernetes.io/tls in the same namespace.' }),
  })
  .superRefine((value, context) => {
    const { managed, overrides, secretRef } = value;
    const refuse = (field: string, message: string, hint: string): void =>
      context.addIssue({ code: 'custom', path: [field], message, params: { hint } });
    if (!managed && overrides !== undefined) {
      refuse('overrides', 'cannot set overrides on unmanaged component', 'take them out, or set managed to true');
    }
    if (managed && secretRef !== undefined) {
      refuse('secretRef', 'secretRef cannot be set on a managed component', 'take it out, or set managed to false');
    }
    if (secretRef !== undefined && !secretRef.name) {
      refuse(
        'secretRef',
        'secretRef.name must not be empty',
        'name a Secret of type kubernetes.io/tls, or take it out',
      );
    }
  })
  .meta({
    'x-kubernetes-validations': [
      { message: 'cannot set overrides on unmanaged component', rule: 'self.managed || !has(self.overrides)' },
      { message: 'secretRef cannot be set on a managed component', rule: '!self.managed || !has(self.secretRef)' },
      {
        message: 'secretRef.name must not be empty',
        rule: '!has(self.secretRef) || self.secretRef.name.size() != 0',
      },
    ],
  });

export type Component = Readonly<z.infer<typeof component>>;
