import * as z from 'zod';
import { resources } from '../kubernetes/quantity.js';

/** Builds of images by Quay, in pods of this cluster or another. */
export const builders = z.strictObject({
  namespace: z.string().min(1).max(63).meta({ description: 'Namespace in which builds run.' }),
  serviceAccount: z.string().min(1).default('quay-builder').meta({
    description: 'Service account of the builds, in that namespace.',
  }),
  tokenSecretRef: z
    .strictObject({
      name: z.string().min(1).meta({ description: "Name of the Secret, in the registry's namespace." }),
      key: z.string().min(1).default('token').meta({ description: 'Key inside the Secret.' }),
    })
    .meta({ description: 'The token with which Quay starts the builds.' }),
  apiServer: z.string().min(1).default('kubernetes.default.svc:443').meta({
    description: 'API server of the cluster in which builds run, as host:port.',
  }),
  authorityFile: z.string().min(1).optional().meta({
    description:
      'Name of the extra_ca_cert_ file of the bundle with the authority of that API server. Default: that of this cluster.',
  }),
  allowedWorkers: z.int().min(1).max(1000).default(1).meta({ description: 'Builds at once.' }),
  resources: resources.optional().meta({ description: 'Requests and limits of a build.' }),
  volumeSize: z.string().min(1).default('8G').meta({ description: 'Space for a build.' }),
  nodeSelector: z
    .strictObject({
      key: z.string().min(1).meta({ description: 'Key of the label.' }),
      value: z.string().meta({ description: 'Value of the label.' }),
    })
    .optional()
    .meta({ description: 'Label of the nodes on which builds run.' }),
});

export type BuilderOptions = Readonly<z.infer<typeof builders>>;
