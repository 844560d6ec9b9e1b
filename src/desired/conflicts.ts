import { type QuayOrganization } from '../api/index.js';
import { isPersons } from './outcome.js';

/** A document and where it stands. */
export interface LocatedDocument {
  /** The file, or whatever names it for a person. */
  readonly source: string;
  readonly organization: QuayOrganization;
}

/** Several documents for one object; none of them can be applied before all but one are gone. */
export interface DocumentConflict {
  readonly reason: 'Conflict';
  /** What they claim: an organization in Quay, or the name of an object. */
  readonly claim: 'organization' | 'object';
  readonly name: string;
  readonly sources: readonly string[];
  readonly message: string;
}

/**
 * Documents that claim the same organization or object name. `registryOf` says which integrations lead to the
 * same Quay; without it each integration counts as a registry of its own.
 */
export function conflicts(
  documents: readonly LocatedDocument[],
  registryOf: (integration: string) => string = (integration) => integration,
): readonly DocumentConflict[] {
  const claims = new Map<string, Claim>();
  const add = (claim: Claim['claim'], name: string, registry: string, document: LocatedDocument): void => {
    const key = JSON.stringify([claim, name, registry]);
    const { selectors } = claims.get(key) ?? { selectors: [] };
    claims.set(key, { claim, name, selectors: [...selectors, document] });
  };
  for (const document of documents) {
    const { metadata, spec } = document.organization;
    add('object', metadata.name, '', document);
    add('organization', spec.name, registryOf(spec.integration), document);
  }
  return [...claims]
    .filter(([, { selectors }]) => selectors.length > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, claim]) => conflictOf(claim));
}

interface Claim {
  readonly claim: DocumentConflict['claim'];
  readonly name: string;
  readonly selectors: readonly LocatedDocument[];
}

function conflictOf({ claim, name, selectors }: Claim): DocumentConflict {
  const sorted = [...selectors].sort((a, b) => (a.source < b.source ? -1 : 1));
  const list = sorted.map(({ source, organization }) => (isPersons(organization) ? `${source} (a person's)` : source));
  const message = `the ${claim} ${name} is claimed by ${list.join(' and ')}`;
  return { reason: 'Conflict', claim, name, sources: sorted.map(({ source }) => source), message };
}
