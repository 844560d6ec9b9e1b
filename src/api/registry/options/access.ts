import * as z from 'zod';

const texts = (description: string) => z.record(z.string(), z.string()).optional().meta({ description });

const ingress = z.strictObject({
  className: z.string().min(1).optional().meta({ description: 'IngressClass. Default: the default class.' }),
  annotations: texts('Annotations of the Ingress.'),
  tls: z
    .strictObject({ secretName: z.string().min(1).meta({ description: 'Name of the Secret.' }) })
    .optional()
    .meta({
      description: 'Secret of type kubernetes.io/tls in this namespace. Default: the certificate of the controller.',
    }),
});

/** How clients reach the registry. */
export const access = z
  .strictObject({
    termination: z.enum(['edge', 'passthrough', 'reencrypt']).optional().meta({
      description:
        'Where TLS ends: at the router or Ingress, in Quay, or at both. Default: edge while tls is managed, else passthrough.',
    }),
    destinationCA: z.string().min(1).optional().meta({
      description: "For reencrypt: the authority of Quay's own certificate, in PEM.",
    }),
    labels: texts('Labels of the Routes or the Ingress, by which a router is chosen.'),
    service: z
      .strictObject({
        type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).optional().meta({
          description: 'Type of the Service of Quay. Default: ClusterIP.',
        }),
        annotations: texts('Annotations of the Service of Quay.'),
      })
      .optional()
      .meta({ description: 'The Service of Quay.' }),
    ingress: ingress.optional().meta({ description: 'An Ingress for Quay, on clusters without Routes.' }),
  })
  .refine((value) => value.destinationCA === undefined || value.termination === 'reencrypt', {
    message: 'has a use only with termination: reencrypt',
    path: ['destinationCA'],
  })
  .meta({
    'x-kubernetes-validations': [
      {
        rule: "!has(self.destinationCA) || (has(self.termination) && self.termination == 'reencrypt')",
        message: 'destinationCA has a use only with termination: reencrypt',
      },
    ],
  });

export type AccessOptions = Readonly<z.infer<typeof access>>;
