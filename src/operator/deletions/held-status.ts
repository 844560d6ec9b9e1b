import { type QuayIntegrationStatus } from '../../api/index.js';
import { type ChangeSet, type Held } from '../../converge/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';

/** Reports held deletions in the status of the integration and in the metrics. */
export function reportHeld(
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
