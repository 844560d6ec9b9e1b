import { type QuayOrganizationStatus } from '../../api/index.js';
import {
  type ChangeSet,
  convergeOrganizations,
  type DeletionAllowance,
  type DeletionKind,
  retention,
} from '../../converge/index.js';
import { objectOrEmpty } from '../../json/index.js';
import { readObject } from '../../kube/index.js';
import { type Fact } from '../../plan/index.js';
import { type Ban, noDeletion, type Policy } from '../../policy/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { convergeInput, type ConvergeOperator } from '../organizations/converge-input.js';
import { isObjectIgnored } from '../organizations/is-object-ignored.js';
import { inventoryIn } from '../../converge/cache/observation-cache.js';
import { readOrganization } from '../organizations/read-organization.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Terms } from '../term/terms.js';
import { allowanceOf, withDeletions } from './allowances.js';
import { type Counters } from './counter.js';

/** What the guard takes from the operator. */
export type GuardOperator = ConvergeOperator & Pick<Operator, 'client'>;

/** The objects that the deletion guard looks at. */
export interface GuardInput {
  /** Objects that are being deleted. */
  readonly gone: readonly LiveOrganization[];
  /** Objects with repositories that are no longer declared. */
  readonly declared: readonly LiveOrganization[];
  /** Whether something may be deleted, and not only released. */
  readonly isFinal: boolean;
}

interface Parts {
  readonly integrations: Integrations;
  readonly terms: Pick<Terms, 'isOnly'>;
  readonly statuses: Pick<StatusWriter<QuayOrganizationStatus>, 'last'>;
  /** What the limit counts already. */
  readonly counterOf: Counters;
  readonly signal: AbortSignal;
}

/** Runs the deletion guard over all deletions of one integration, so that the limit counts them together. */
export async function guardDeletions(
  operator: GuardOperator,
  { integrations, terms, statuses, counterOf, signal }: Parts,
  { known, quay }: { readonly known: KnownIntegration; readonly quay: Quay },
  { gone, declared, isFinal }: GuardInput,
): Promise<ChangeSet> {
  const counter = counterOf(known);
  const { name } = known.integration.metadata;
  const lives = [...gone, ...declared];
  const byName = new Map(lives.map((live) => [live.organization, live]));
  const common = await convergeInput(operator, integrations, known, {
    documents: declared.map(readOrganization),
    quay,
    inventory: (organization) => {
      const live = byName.get(organization);
      return live && inventoryIn(statuses.last(live.uid) ?? live.status, known.host);
    },
    lastLabels: (namespace) => lives.find((live) => live.namespace === namespace)?.status.namespaceLabels,
    signal,
  });
  const now = Date.now();
  const allowance = (kind: DeletionKind): DeletionAllowance =>
    allowanceOf(known.integration, noted, kind, { now, tried: counter.tried(kind, now) });
  const noted = integrations.reported(name).deletions ?? integrations.status(name)?.deletions;
  const changeSet = await convergeOrganizations({
    ...common,
    facts: { ...common.facts, integration: () => mayDelete(operator, { integrations, terms }, known) },
    gone: gone.map(readOrganization),
    policy: isFinal ? {} : noDeletion(collecting),
    policyOfGone: ({ spec }) => policyOfDeletion(integrations, byName.get(spec.name), known),
    deletions: {
      organizations: { ...allowance('organizations'), soon: pendingSoon(operator, name) },
      repositories: allowance('repositories'),
    },
    options: { dryRun: false, roles: false, concurrency: operator.settings.workers },
    beforeWrite: async (intent) => {
      if (intent.type !== 'Delete') return;
      const { kind, names } = intent;
      const before = integrations.reported(name).deletions ?? integrations.status(name)?.deletions;
      integrations.report(name, { deletions: withDeletions(before, kind, counter.count(kind, names, now), now) });
      // The limit counts what is written down, also after a crash.
      await integrations.writeStatus(name);
    },
  });
  counter.complete(changeSet);
  return changeSet;
}

/** Organizations whose namespace is going and whose object is not being deleted yet: it will be, and counts already. */
function pendingSoon(
  { watches, cluster }: Pick<Operator, 'watches' | 'cluster'>,
  integration: string,
): readonly string[] {
  return watches.organizations
    .list()
    .filter(({ deleting, namespace, ...live }) => {
      if (deleting || namespace === undefined || live.integration !== integration) return false;
      const seen = cluster.seen(namespace);
      return seen === 'Gone' || (typeof seen !== 'string' && seen.terminating);
    })
    .map(({ organization }) => organization);
}

async function mayDelete(
  operator: Pick<Operator, 'client'>,
  { integrations, terms }: Pick<Parts, 'integrations' | 'terms'>,
  known: KnownIntegration,
): Promise<Fact> {
  const isSame = await isUnchanged(operator, integrations, known);
  if (isSame !== 'Yes') return isSame;
  // A state repository that cannot be read says nothing about other installations.
  return terms.isOnly(known).catch(() => 'Unknown');
}

/** Read afresh before anything is deleted: an integration that was edited since is another question. */
async function isUnchanged(
  { client }: Pick<Operator, 'client'>,
  integrations: Integrations,
  { integration, type, quay }: KnownIntegration,
): Promise<Fact> {
  const { name, uid, generation } = integration.metadata;
  try {
    const object = await readObject(client, type, { name });
    if (object === undefined) return 'No';
    const now = objectOrEmpty(object.metadata);
    const isSame = now.uid === uid && now.generation === generation && now.deletionTimestamp === undefined;
    return isSame && integrations.get(name)?.quay.value === quay.value ? 'Yes' : 'Unknown';
  } catch {
    // A failed read says nothing about the object.
    return 'Unknown';
  }
}

const collecting: Ban = { reason: 'DeletionHeld', message: 'other deletions are still being collected' };

/** What ignore.yaml lists is never deleted, whoever deletes its object. */
function policyOfDeletion(
  integrations: Integrations,
  live: LiveOrganization | undefined,
  { integration }: KnownIntegration,
): Policy {
  if (live === undefined || !isObjectIgnored(integrations, live)) return retention(integration);
  return noDeletion({ reason: 'Ignored', message: 'ignore.yaml lists it' });
}
