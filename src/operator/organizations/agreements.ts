import { acceptOwnershipAnnotation } from '../../api/index.js';
import { agreementHash, type PendingOwnership } from '../../ownership/index.js';
import { consumeAnnotation } from '../git/consume-annotation.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** The organizations that wait for a person to agree that they are ours, by integration. */
export interface Agreements {
  /** Whether the annotation of the integration agrees to the list that this is in. */
  readonly agrees: (known: KnownIntegration, pending: PendingOwnership) => boolean;
  /** What came of an organization; nothing is pending where it is settled. */
  readonly note: (
    known: KnownIntegration,
    organization: string,
    pending: PendingOwnership | undefined,
  ) => Promise<void>;
}

interface List {
  readonly pending: Map<string, PendingOwnership>;
  /** What a person agreed to, each by its own hash. */
  readonly accepted: Set<string>;
}

/** Nobody waits, to begin with; after a restart the list fills as organizations are looked at. */
export function createAgreements(
  operator: Pick<Operator, 'client' | 'repairs'>,
  integrations: Pick<Integrations, 'report'>,
): Agreements {
  const lists = new Map<string, List>();
  const listOf = ({ integration }: KnownIntegration): List => {
    const { name } = integration.metadata;
    const list = lists.get(name) ?? { pending: new Map(), accepted: new Set() };
    lists.set(name, list);
    return list;
  };
  return {
    agrees: (known, pending) => {
      const list = listOf(known);
      const agreed = known.integration.metadata.annotations?.[acceptOwnershipAnnotation];
      const all = [...list.pending.values()];
      if (all.length > 0 && agreed === agreementHash(all))
        all.forEach((one) => list.accepted.add(agreementHash([one])));
      return list.accepted.has(agreementHash([pending]));
    },
    note: async (known, organization, pending) => {
      const list = listOf(known);
      const before = list.pending.get(organization);
      if (pending === undefined && before === undefined) return;
      if (pending === undefined) list.pending.delete(organization);
      else list.pending.set(organization, pending);
      const { name } = known.integration.metadata;
      integrations.report(name, { uncertain: uncertainStatus([...list.pending.values()]) });
      if (before === undefined || !list.accepted.delete(agreementHash([before]))) return;
      if (list.accepted.size === 0) await consumeAnnotation(operator, known, acceptOwnershipAnnotation);
    },
  };
}

function uncertainStatus(
  pending: readonly PendingOwnership[],
): { readonly organizations: string[]; readonly hash: string } | undefined {
  if (pending.length === 0) return undefined;
  const lines = pending.map(
    ({ organization, reason, origin, why }) => `${organization} (${reason}, as ${origin}): ${why}`,
  );
  return { organizations: lines.sort(), hash: agreementHash(pending) };
}
