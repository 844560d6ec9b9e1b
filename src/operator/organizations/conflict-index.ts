import { type Integrations } from '../integrations/integrations.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Watches } from '../watches/watches.js';
import { createGrouped } from '../../kube/index.js';

/** Index of the objects that declare the same organization: two of them would undo each other for ever, so one goes on. */
export interface ConflictIndex {
  /** An object was added, changed or removed; returns the others that are affected. */
  readonly note: (object: string) => readonly string[];
  /** The other objects with an organization of that name, in whatever registry. */
  readonly namesakes: (live: LiveOrganization) => readonly string[];
  /** The others that stay and lead to the same organization of the same registry. */
  readonly of: (live: LiveOrganization) => readonly LiveOrganization[];
}

/** The index is empty at first. */
export function createConflictIndex(
  { organizations }: Pick<Watches, 'organizations'>,
  integrations: Pick<Integrations, 'get'>,
): ConflictIndex {
  const byOrganization = createGrouped();
  const hostOf = ({ integration }: LiveOrganization): string | undefined => integrations.get(integration)?.host;
  const namesakes: ConflictIndex['namesakes'] = ({ name, organization }) =>
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
        .flatMap((name) => organizations.get(name) ?? [])
        .filter((other) => !other.deleting && host !== undefined && hostOf(other) === host);
    },
  };
}
