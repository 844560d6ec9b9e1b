import { type QuayOrganization, type QuayOrganizationStatus } from '../../api/index.js';
import { retained } from '../../converge/index.js';
import {
  type ChangeSet,
  convergeOrganizations,
  type DeletionAllowance,
  type DeletionKind,
} from '../../converge/index.js';
import { readObject, recordOf } from '../../kube/index.js';
import { type Fact } from '../../plan/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { convergeInput } from '../organizations/converge-input.js';
import { isLeftAlone } from '../organizations/is-object-ignored.js';
import { inventoryIn } from '../../converge/cache/observation-cache.js';
import { readOrganization } from '../organizations/read-organization.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { allowanceOf, withDeletions } from './allowances.js';
import { type Counter } from './counter.js';
import { pendingSoon } from './pending-soon.js';

/** What the gate is asked about. */
export interface Passing {
  readonly quay: Quay;
  /** Objects that are being deleted. */
  readonly gone: readonly LiveOrganization[];
  /** Objects with repositories that are no longer stated. */
  readonly stated: readonly LiveOrganization[];
  /** Whether something may be deleted, and not only let go. */
  readonly isFinal: boolean;
  /** What the limit counts already. */
  readonly counter: Counter;
  readonly signal: AbortSignal;
}

interface Parts {
  readonly integrations: Integrations;
  readonly statuses: StatusWriter<QuayOrganizationStatus>;
}

/** Runs the gate over everything that is to be deleted of one integration, so that the limit sees all of it together. */
export async function passGate(
  operator: Operator,
  { integrations, statuses }: Parts,
  known: KnownIntegration,
  { quay, gone, stated, isFinal, counter, signal }: Passing,
): Promise<ChangeSet> {
  const { name } = known.integration.metadata;
  const lives = [...gone, ...stated];
  const byName = new Map(lives.map((live) => [live.organization, live]));
  const common = await convergeInput(operator, integrations, known, {
    documents: stated.map(readOrganization),
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
    isFinal
      ? allowanceOf(known.integration, noted, kind, { now, tried: counter.tried(kind, now) })
      : { limit: 0, recent: [], now };
  const noted = integrations.findings(name).deletions ?? integrations.status(name)?.deletions;
  const changeSet = await convergeOrganizations({
    ...common,
    facts: { ...common.facts, integration: () => isUnchanged(operator, integrations, known) },
    gone: gone.map((live) => documentOf(integrations, live, known)),
    deletions: {
      organizations: {
        ...allowance('organizations'),
        ...(isFinal ? { soon: pendingSoon(operator, name) } : { gathering: true }),
      },
      repositories: allowance('repositories'),
    },
    options: { dryRun: false, roles: false, concurrency: operator.settings.workers },
    beforeDeletion: async (kind, names) => {
      const before = integrations.findings(name).deletions ?? integrations.status(name)?.deletions;
      integrations.report(name, { deletions: withDeletions(before, kind, counter.count(kind, names, now), now) });
      // The limit counts what is written down, also after a crash.
      await integrations.writeStatus(name);
    },
  });
  counter.settle(changeSet);
  return changeSet;
}

/** Read afresh before anything is deleted: an integration that was edited since is another question. */
async function isUnchanged(
  { client }: Operator,
  integrations: Integrations,
  { integration, type, quay }: KnownIntegration,
): Promise<Fact> {
  const { name, uid, generation } = integration.metadata;
  try {
    const object = await readObject(client, type, { name });
    if (object === undefined) return 'No';
    const now = recordOf(object.metadata);
    const isSame = now.uid === uid && now.generation === generation && now.deletionTimestamp === undefined;
    return isSame && integrations.get(name)?.quay.value === quay.value ? 'Yes' : 'Unknown';
  } catch {
    // Whatever kept it from being read says nothing about it.
    return 'Unknown';
  }
}

/** What people want left alone is never deleted, whoever deletes its object. */
function documentOf(
  integrations: Integrations,
  live: LiveOrganization,
  { integration }: KnownIntegration,
): QuayOrganization {
  const document = retained(readOrganization(live), integration);
  if (!isLeftAlone(integrations, live)) return document;
  return { ...document, spec: { ...document.spec, deletionPolicy: 'Retain' } };
}
