import { type QuayOrganization } from '../../api/index.js';
import { grow } from '../../desired/index.js';
import { isReadable, readOrganization } from '../organizations/read-organization.js';
import { type Watches } from '../watches/watches.js';

/** The documents with all that the objects of the cluster have, for as long as nobody has agreed to the history. */
export function grownDocuments(
  documents: readonly QuayOrganization[],
  { organizations }: Pick<Watches, 'organizations'>,
): readonly QuayOrganization[] {
  const lives = new Map(organizations.list().map((live) => [live.name, live]));
  return documents.flatMap((document) => {
    const live = lives.get(document.metadata.name);
    if (live === undefined) return [document];
    // Nobody knows what one has that cannot be read, so it stays as it is.
    return isReadable(live) ? [grow(readOrganization(live), document)] : [];
  });
}
