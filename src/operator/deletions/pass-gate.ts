import { type QuayOrganization, type QuayOrganizationStatus } from '../../api/index.js';
import {
  type ChangeSet,
  convergeOrganizations,
  type DeletionAllowance,
  type DeletionKind,
} from '../../converge/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { convergeInput } from '../organizations/converge-input.js';
import { inventoryIn } from '../organizations/memory.js';
import { readOrganization } from '../organizations/read-organization.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { allowanceOf, withDeletions } from './allowances.js';
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
  { quay, gone, stated, isFinal, signal }: Passing,
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
    isFinal ? allowanceOf(known.integration, integrations.status(name), kind, now) : { limit: 0, recent: [], now };
  return convergeOrganizations({
    ...common,
    gone: gone.map((live) => retained(readOrganization(live), known)),
    deletions: {
      organizations: { ...allowance('organizations'), ...(isFinal && { soon: pendingSoon(operator, name) }) },
      repositories: allowance('repositories'),
    },
    options: { dryRun: false, roles: false, concurrency: operator.settings.workers },
    beforeDeletion: async (kind, names) => {
      integrations.report(name, { deletions: withDeletions(integrations.status(name), kind, names.length, now) });
      // The limit counts what is written down, also after a crash.
      await integrations.writeStatus(name);
    },
  });
}

/** A person who asks for Retain after the namespace went is heard as well. */
function retained(document: QuayOrganization, { integration }: KnownIntegration): QuayOrganization {
  if (integration.spec.deletionPolicy === 'Delete') return document;
  return { ...document, spec: { ...document.spec, deletionPolicy: 'Retain' } };
}
