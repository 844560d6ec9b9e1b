import { acceptOwnershipAnnotation, type QuayIntegrationStatus } from '../../api/index.js';
import {
  agreedBy,
  agreementKey,
  type AgreementList,
  agreementLists,
  type PendingOwnership,
} from '../../ownership/index.js';
import { consumeAnnotation } from '../git/consume-annotation.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** The organizations that a person may agree about, by integration. */
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
  /** What a person agreed to, each by its own key. */
  readonly accepted: Set<string>;
  /** Whether it was reported since the start: until then the status has it from before. */
  isReported: boolean;
}

/** Nobody waits, to begin with; after a restart the list fills as organizations are looked at. */
export function createAgreements(
  operator: Pick<Operator, 'client' | 'repairs'>,
  integrations: Pick<Integrations, 'report'>,
): Agreements {
  const lists = new Map<string, List>();
  const listOf = ({ integration }: KnownIntegration): List => {
    const { name } = integration.metadata;
    const list = lists.get(name) ?? { pending: new Map(), accepted: new Set(), isReported: false };
    lists.set(name, list);
    return list;
  };
  return {
    agrees: (known, pending) => {
      const { pending: all, accepted } = listOf(known);
      const hash = known.integration.metadata.annotations?.[acceptOwnershipAnnotation];
      for (const one of agreedBy([...all.values()], hash)) accepted.add(agreementKey(one));
      return accepted.has(agreementKey(pending));
    },
    note: async (known, organization, pending) => {
      const list = listOf(known);
      const before = list.pending.get(organization);
      if (pending === undefined && before === undefined && list.isReported) return;
      list.isReported = true;
      if (pending === undefined) list.pending.delete(organization);
      else list.pending.set(organization, pending);
      const { uncertain, adoptable } = agreementLists([...list.pending.values()]);
      const agreements = { uncertain: inStatus(uncertain), adoptable: inStatus(adoptable) };
      integrations.report(known.integration.metadata.name, { agreements });
      if (before === undefined || !list.accepted.delete(agreementKey(before))) return;
      if (list.accepted.size === 0) await consumeAnnotation(operator, known, acceptOwnershipAnnotation);
    },
  };
}

function inStatus(list: AgreementList | undefined): QuayIntegrationStatus['uncertain'] {
  if (list === undefined) return undefined;
  const lines = list.organizations.map(
    ({ organization, reason, origin, why }) => `${organization} (${reason}, as ${origin}): ${why}`,
  );
  return { organizations: lines.sort(), hash: list.hash };
}
