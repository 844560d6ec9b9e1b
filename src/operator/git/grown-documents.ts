import { type QuayOrganization } from '../../api/index.js';
import { grow } from '../../desired/index.js';
import { isReadable, readOrganization } from '../organizations/read-organization.js';
import { type Watches } from '../watches/watches.js';

/** The documents merged with the objects of the cluster, until a person agrees to the history. */
export function grownDocuments(
  documents: readonly QuayOrganization[],
  { organizations }: Pick<Watches, 'organizations'>,
): readonly QuayOrganization[] {
  const lives = new Map(organizations.list().map((live) => [live.name, live]));
  return documents.flatMap((document) => {
    const live = lives.get(document.metadata.name);
    if (live === undefined) return [document];
    // An object that cannot be read stays as it is.
    return isReadable(live) ? [grow(readOrganization(live), document)] : [];
  });
}
