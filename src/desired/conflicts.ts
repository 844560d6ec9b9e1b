import { type QuayOrganization } from '../api/index.js';
import { isPersons } from './outcome.js';

/** A document and where it stands. */
export interface PlacedDocument {
  /** The file, or whatever names it for a person. */
  readonly source: string;
  readonly organization: QuayOrganization;
}

/** Several documents for one thing; none of them can be applied before all but one are gone. */
export interface DocumentConflict {
  readonly reason: 'Conflict';
  /** What they claim: an organization in Quay, or the name of an object. */
  readonly claim: 'organization' | 'object';
  readonly name: string;
  readonly sources: readonly string[];
  readonly message: string;
}

/**
 * Documents that claim one organization or one object name between them. `registryOf` tells which integrations lead to the
 * same Quay; without it each integration counts as a registry of its own.
 */
export function conflicts(
  documents: readonly PlacedDocument[],
  registryOf: (integration: string) => string = (integration) => integration,
): readonly DocumentConflict[] {
  const claims = new Map<string, Claim>();
  const add = (claim: Claim['claim'], name: string, registry: string, document: PlacedDocument): void => {
    const key = JSON.stringify([claim, name, registry]);
    const { claimants } = claims.get(key) ?? { claimants: [] };
    claims.set(key, { claim, name, claimants: [...claimants, document] });
  };
  for (const document of documents) {
    const { metadata, spec } = document.organization;
    add('object', metadata.name, '', document);
    add('organization', spec.name, registryOf(spec.integration), document);
  }
  return [...claims]
    .filter(([, { claimants }]) => claimants.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, claim]) => conflictOf(claim));
}

interface Claim {
  readonly claim: DocumentConflict['claim'];
  readonly name: string;
  readonly claimants: readonly PlacedDocument[];
}

function conflictOf({ claim, name, claimants }: Claim): DocumentConflict {
  const sorted = [...claimants].sort((a, b) => (a.source < b.source ? -1 : 1));
  const list = sorted.map(({ source, organization }) => (isPersons(organization) ? `${source} (a person's)` : source));
  const message = `the ${claim} ${name} is claimed by ${list.join(' and ')}`;
  return { reason: 'Conflict', claim, name, sources: sorted.map(({ source }) => source), message };
}
