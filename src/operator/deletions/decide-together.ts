import PQueue from 'p-queue';
import { type QuayIntegrationStatus, releaseDeletionsAnnotation } from '../../api/index.js';
import { type ChangeSet, type Held } from '../../converge/index.js';
import { RetryableError } from '../../errors/index.js';
import { type Again } from '../../kube/index.js';
import { consumeAnnotation } from '../git/consume-annotation.js';
import { type Integrations } from '../integrations/integrations.js';
import { organizationLock } from '../locks.js';
import { type Operator } from '../operator.js';
import { type Candidates, candidatesOf, stillThere } from './candidates.js';
import { decideBatch, nextLook, soon, type UsableOwner } from './decide.js';
import { finishOrReport } from './finish.js';
import { guardDeletions } from './guard-deletions.js';
import { type DeletionOperator, type DeletionTurn } from './parts.js';
import { keepInventory } from './waiting-status.js';

/** Decides all deletions of an integration together, once no new one comes. */
export async function decideTogether(
  operator: DeletionOperator,
  parts: DeletionTurn,
  name: string,
): Promise<Again | undefined> {
  const { integrations, windows } = parts;
  const left = windows.left(name);
  if (left > 0) return { again: { milliseconds: left } };
  const found = candidatesOf(operator.watches, integrations, name, windows.close(name));
  const open = windows.of(name).objects;
  for (const live of found.gone) open.add(live.name);
  const decision = decideBatch(found, { exists: integrations.exists(name), known: integrations.get(name) });
  switch (decision.kind) {
    case 'Nothing':
      reportHeld(operator, integrations, name, undefined);
      return undefined;
    case 'Wait':
      return soon;
    case 'Release':
      open.clear();
      for (const live of found.gone) parts.look(live.name);
      return undefined;
    case 'Guard': {
      const lives = [...found.gone, ...found.declared];
      const names = lives.map((live) => organizationLock(decision.known.host, live.organization));
      return operator.locks.hold(names, () => guardTogether(operator, parts, found, decision));
    }
  }
}

async function guardTogether(
  operator: DeletionOperator,
  parts: DeletionTurn,
  found: Candidates,
  owner: UsableOwner,
): Promise<Again | undefined> {
  const { integrations, windows } = parts;
  const { known } = owner;
  const { name } = known.integration.metadata;
  // While they waited their turn, the integration may have become another one.
  if (integrations.get(name) !== known) return soon;
  const { gone, declared } = stillThere(operator.watches, found);
  const changeSet = await guardDeletions(operator, parts, owner, { gone, declared, isFinal: true });
  const { held } = changeSet;
  reportHeld(operator, integrations, name, held);
  if (changeSet.releasesUsed.length > 0) await consumeAnnotation(operator, known, releaseDeletionsAnnotation);
  const open = windows.of(name).objects;
  for (const live of found.gone) if (!gone.includes(live)) open.delete(live.name);
  const byName = new Map(gone.map((live) => [live.organization, live]));
  // A thousand objects that go one after the other would hold up what comes next for a minute.
  await new PQueue({ concurrency: operator.settings.workers }).addAll(
    changeSet.organizations.map((result) => async () => {
      const live = byName.get(result.organization);
      if (live !== undefined && (await finishOrReport(operator, parts, result, { live, registry: known.host })))
        open.delete(live.name);
    }),
  );
  for (const live of declared) {
    parts.memory.of(known.host, live.organization).resyncDue = true;
    await keepInventory(parts.statuses, live, changeSet, known.host);
  }
  const next = nextLook(
    held,
    gone.some((live) => open.has(live.name)),
  );
  if (next === 'Retry') throw new RetryableError('Progressing', 'some deletions wait');
  return next;
}

/** Reports held deletions in the status of the integration and in the metrics. */
function reportHeld(
  { metrics }: Pick<Operator, 'metrics'>,
  integrations: Pick<Integrations, 'report'>,
  name: string,
  held: ChangeSet['held'],
): void {
  integrations.report(name, { held: heldStatus(held) });
  for (const kind of ['organizations', 'repositories'] as const) {
    metrics.deletionsHeld.set({ integration: name, kind }, held?.[kind]?.names.length ?? 0);
  }
}

function heldStatus(held: ChangeSet['held']): QuayIntegrationStatus['held'] {
  if (held === undefined) return undefined;
  const plain = (one: Held | undefined) => one && { names: [...one.names], hash: one.hash };
  const organizations = plain(held.organizations);
  const repositories = plain(held.repositories);
  return { ...(organizations && { organizations }), ...(repositories && { repositories }) };
}
