import { type Integrations } from '../integrations/integrations.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Watches } from '../watches/watches.js';
import { createGrouped } from '../../kube/watch/index-by.js';

/** Knows which objects state the same organization: two of them would undo each other for ever. */
export interface Rivals {
  /** An object came, went or says something else; gives the others whom that may concern. */
  readonly note: (object: string) => readonly string[];
  /** The other objects with an organization of that name, in whatever registry. */
  readonly namesakes: (live: LiveOrganization) => readonly string[];
  /** The first by name of the others that stay and lead to the same organization of the same registry. */
  readonly of: (live: LiveOrganization) => LiveOrganization | undefined;
}

/** Nobody is known, to begin with. */
export function createRivals(
  { organizations }: Pick<Watches, 'organizations'>,
  integrations: Pick<Integrations, 'get'>,
): Rivals {
  const byOrganization = createGrouped();
  const hostOf = ({ integration }: LiveOrganization): string | undefined => integrations.get(integration)?.host;
  const namesakes: Rivals['namesakes'] = ({ name, organization }) =>
    byOrganization.of(organization).filter((other) => other !== name);
  return {
    namesakes,
    note: (object) => {
      const now = organizations.get(object)?.organization;
      const before = byOrganization.note(object, now);
      const groups = [...new Set([before, now])].filter((group) => group !== undefined);
      return groups.flatMap((group) => byOrganization.of(group)).filter((other) => other !== object);
    },
    of: (live) => {
      const host = hostOf(live);
      return namesakes(live)
        .toSorted()
        .flatMap((name) => organizations.get(name) ?? [])
        .find((other) => !other.deleting && host !== undefined && hostOf(other) === host);
    },
  };
}
