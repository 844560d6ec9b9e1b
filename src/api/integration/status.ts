import * as z from 'zod';
import { conditions } from '../conditions.js';

const held = z.looseObject({
  names: z.array(z.string()).meta({ description: 'What would be deleted.' }),
  hash: z.string().meta({
    description: 'Hash to set as the annotation quayside.dev/release-deletions, to agree to exactly these deletions.',
  }),
});

const agreement = (what: string) =>
  z
    .looseObject({
      organizations: z.array(z.string()).meta({ description: 'Which, why, and as what they would be ours.' }),
      hash: z.string().meta({
        description: 'Hash to set as the annotation quayside.dev/accept-ownership, to agree to exactly these.',
      }),
    })
    .optional()
    .meta({ description: what });

const times = z.array(z.string()).optional();

/** Sums of what would be done, as `quayside plan -o json` gives them. */
const plannedTotals = z.looseObject({
  organizations: z.int().meta({ description: 'Organizations that were compared.' }),
  planned: z.int().meta({ description: 'Changes that would be made in Quay.' }),
  refused: z.int().meta({ description: 'Organizations that would be skipped because Quayside does not own them.' }),
  unknown: z.int().meta({ description: 'Organizations that could not be read.' }),
  add: z.int().meta({ description: 'Files that would be added to the state repository.' }),
  change: z.int().meta({ description: 'Files that would be changed there.' }),
  remove: z.int().meta({ description: 'Files that would be removed there.' }),
});

const report = z.looseObject({
  object: z.string().meta({ description: 'Kind, namespace and name.' }),
  action: z.string().meta({ description: 'create, change, remove or delete.' }),
  outcome: z.string().meta({ description: 'Skipped, Waiting or Failed.' }),
  reason: z.string().optional().meta({ description: 'Why, in one word.' }),
  message: z.string().optional().meta({ description: 'Why, in a sentence.' }),
});

export const quayIntegrationStatus = z.looseObject({
  observedGeneration: z.int().optional().meta({ description: 'Generation that this status was set for.' }),
  conditions,
  organizations: z.int().optional().meta({ description: 'Organizations that this integration manages.' }),
  ready: z.int().optional().meta({ description: 'Those of them that are Ready.' }),
  waitingNamespaces: z
    .int()
    .optional()
    .meta({ description: 'Namespaces that are selected and wait for OpenShift to set them up.' }),
  lastPublishedCommit: z.string().optional().meta({ description: 'Newest commit that Quayside wrote.' }),
  lastAppliedCommit: z.string().optional().meta({ description: 'Newest commit whose documents have been applied.' }),
  objects: z
    .array(report)
    .optional()
    .meta({ description: 'Objects that are not as the state repository has them: at most 20, and why.' }),
  ignored: z
    .looseObject({
      namespaces: z.array(z.string()).meta({ description: 'Namespaces, with * for any characters.' }),
      organizations: z.array(z.string()).meta({ description: 'Organizations, with * for any characters.' }),
    })
    .optional()
    .meta({ description: 'What ignore.yaml in the state repository lists.' }),
  term: z
    .looseObject({
      current: z.string().optional().meta({ description: 'Commit that the leader wrote into the ref last.' }),
      next: z.string().optional().meta({ description: 'Commit that it is about to write.' }),
    })
    .optional()
    .meta({
      description: 'How this installation knows its own writes to the state repository from those of a copy of it.',
    }),
  pullRequest: z.string().optional().meta({ description: 'Address of the open pull request.' }),
  proposal: z
    .looseObject({
      state: z.string().meta({ description: 'Open, or the reason why nothing is proposed.' }),
      number: z.int().optional().meta({ description: 'Number of the pull request.' }),
      digest: z.string().optional().meta({ description: 'Hash of the change, whatever it is compared with.' }),
      since: z.string().optional().meta({ description: 'When the pull request was opened.' }),
      withheld: z.array(z.string()).optional().meta({ description: 'Files of which people refused something.' }),
    })
    .optional()
    .meta({ description: 'What waits for people.' }),
  plan: plannedTotals.optional().meta({ description: 'Planned changes while the integration is suspended.' }),
  deletions: z
    .looseObject({
      organizations: times.meta({ description: 'When organizations were deleted in the last hour.' }),
      repositories: times.meta({ description: 'When repositories were deleted in the last hour.' }),
    })
    .optional()
    .meta({ description: 'The deletions that the limit counts, recorded before they are made.' }),
  held: z
    .looseObject({
      organizations: held.optional().meta({ description: 'Organizations.' }),
      repositories: held.optional().meta({ description: 'Repositories.' }),
    })
    .optional()
    .meta({ description: 'Deletions above the limit, which wait for a person to agree.' }),
  uncertain: agreement('Organizations that are left alone until a person agrees that they are ours.'),
  adoptable: agreement('Organizations of a predecessor that are never deleted until a person agrees.'),
  lastUpdate: z.string().optional().meta({ description: 'When the rest of this status last changed.' }),
});

export type QuayIntegrationStatus = Readonly<z.infer<typeof quayIntegrationStatus>>;
