import * as z from 'zod';
import { conditions } from '../conditions.js';
import { origin } from './origin.js';
import { signedOwnership } from './ownership.js';

const robotStatus = z.looseObject({
  name: z.string().meta({ description: 'Name of the robot, without the organization.' }),
  serviceAccount: z.string().optional().meta({ description: 'Service account that uses its pull secret.' }),
  secret: z.string().optional().meta({ description: 'Its pull secret in the namespace.' }),
  ready: z.boolean().meta({ description: 'Whether it is in Quay with its role, and its pull secret is written.' }),
  linked: z.boolean().meta({ description: 'Whether its service account is there and lists the pull secret.' }),
  message: z.string().optional().meta({ description: 'What is missing, for a person.' }),
});

/** How far a robot and its pull secret are. */
export type RobotStatus = Readonly<z.infer<typeof robotStatus>>;

// Atomic where it is used: an apply that takes the last entry out of any other map leaves null, which the schema refuses.
const texts = z.record(z.string(), z.string());

const drift = z.looseObject({
  found: z.int().min(0).meta({ description: 'Differences that resyncs have found and corrected so far.' }),
  lastFound: z.string().meta({ description: 'When the last difference was found.' }),
  changes: z.array(z.string()).meta({ description: 'What was corrected then, in words; the first of them.' }),
});

export const quayOrganizationStatus = z.looseObject({
  observedGeneration: z.int().optional().meta({ description: 'Generation that this status was set for.' }),
  conditions,
  registry: z.string().optional().meta({
    description: 'Host of the Quay that this status is for: what was created in one says nothing about another.',
  }),
  origin: origin
    .optional()
    .meta({ description: 'How Quayside came to own the organization, as its ownership marker in Quay says.' }),
  ownership: signedOwnership.optional().meta({
    description: 'What Quayside states of its ownership, signed together with inventory and secretHashes.',
  }),
  // It is written as a whole: as a set, `managedFields` would hold every entry a second time.
  inventory: z.array(z.string()).optional().meta({ description: 'Items that Quayside created in the organization.' }),
  secretHashes: texts.optional().meta({
    description: 'Salted hashes of the secrets last written to Quay, which never gives them back.',
    'x-kubernetes-map-type': 'atomic',
  }),
  namespaceUID: z.string().optional().meta({
    description: 'UID of the namespace when it was last seen: a recreated namespace has another.',
  }),
  namespaceLabels: texts.optional().meta({
    description: 'Labels of the namespace when it was last seen, those that a namespace selector uses.',
    'x-kubernetes-map-type': 'atomic',
  }),
  robots: z
    .array(robotStatus)
    .optional()
    .meta({
      description: 'Robots that have a pull secret, and its state.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    }),
  repositories: z.int().optional().meta({ description: 'Repositories in the spec.' }),
  drift: drift.optional().meta({ description: 'What was changed in Quay and a resync corrected.' }),
});

export type QuayOrganizationStatus = Readonly<z.infer<typeof quayOrganizationStatus>>;
