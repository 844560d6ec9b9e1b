import { parseOrganization, type QuayOrganization } from '../../api/index.js';
import { InvalidInput } from '../../errors/index.js';
import { type LiveOrganization } from '../watches/live-organization.js';

/** The object as a document; what does not fit the schema is InvalidInput. */
export function readOrganization({
  name,
  labels,
  annotations,
  generation,
  uid,
  spec,
}: LiveOrganization): QuayOrganization {
  return parseOrganization(
    {
      apiVersion: 'quayside.dev/v1alpha1',
      kind: 'QuayOrganization',
      metadata: { name, labels, annotations, generation, uid },
      spec,
    },
    `QuayOrganization ${name}`,
  );
}

/** Whether the object fits the schema. */
export function isReadable(live: LiveOrganization): boolean {
  try {
    readOrganization(live);
    return true;
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}
