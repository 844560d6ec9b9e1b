import * as z from 'zod';
import { origin } from './origin.js';

const text = z.string().max(300);

/** What Quayside states of its part in one organization. Integration and registry are not in it: an edited hostname disowns nothing. */
export const ownershipStatement = z.strictObject({
  organization: text.min(1).meta({ description: 'Name of the organization in Quay.' }),
  clusterUID: text.min(1).meta({ description: 'UID of the namespace kube-system.' }),
  clusterID: text.min(1).meta({ description: 'Cluster ID of the integration.' }),
  namespace: text.meta({ description: 'Namespace that it comes from; empty for a document without one.' }),
  namespaceUID: text.meta({ description: 'UID of that namespace; empty where it was not to be seen.' }),
  requester: text.meta({
    description: 'Salted hash of who requested the namespace (openshift.io/requester); empty where nobody is named.',
  }),
  origin: origin.meta({ description: 'How Quayside came to own the organization.' }),
  evidence: text.meta({ description: 'What showed that, in words.' }),
  serial: text.meta({ description: 'Random, and another one for each creation or adoption.' }),
  revision: z.int().min(0).max(1_000_000_000).meta({
    description: 'Counts the changes of this statement; 0 until it stands in Quay.',
  }),
});

export type OwnershipStatement = Readonly<z.infer<typeof ownershipStatement>>;

/** A statement, signed together with what stands beside it: the text of the mark, or an inventory and its secret hashes. */
export const signedOwnership = ownershipStatement.extend({
  keyID: text.meta({ description: 'Which key signed it.' }),
  signature: text.meta({ description: 'Ed25519, base64url.' }),
});

export type SignedOwnership = Readonly<z.infer<typeof signedOwnership>>;
