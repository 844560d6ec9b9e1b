import { type NamespaceRecord } from '../api/index.js';
import { type NamespaceSelector, claims } from './overlap.js';

/** A `QuayOrganization`, as far as it tells who has a namespace. */
export interface NamespaceObject {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly integration: string | undefined;
  /** Its name in Quay. */
  readonly organization: string;
  /** Nobody but the operator writes it: an object with an origin has its organization, and is no mere claim. */
  readonly status: { readonly origin?: string | undefined };
  /** As the API server writes times, in one form that sorts as text. */
  readonly created: string;
  readonly deleting: boolean;
}

/**
 * Namespace → the integration that has it by its objects: where several have one, the first of them counts (see `isBefore`).
 * Those that are being deleted, and those of integrations that are not there, do not count.
 */
export function currentOwnersOf(
  objects: readonly NamespaceObject[],
  isThere: (integration: string) => boolean,
): ReadonlyMap<string, string> {
  const oldest = new Map<string, NamespaceObject>();
  const currentOwners = new Map<string, string>();
  for (const object of objects) {
    const { namespace, integration, deleting } = object;
    if (deleting || namespace === undefined || integration === undefined || !isThere(integration)) continue;
    const other = oldest.get(namespace);
    if (other !== undefined && !isBefore(object, other)) continue;
    oldest.set(namespace, object);
    currentOwners.set(namespace, integration);
  }
  return currentOwners;
}

/** The integration that a namespace belongs to, by those that can be read and by the objects of the namespace. */
export function ownerOf(
  namespace: NamespaceRecord,
  selectors: readonly NamespaceSelector[],
  objects: readonly NamespaceObject[],
): string | undefined {
  const readable = new Set(selectors.map(({ integration }) => integration.metadata.name));
  const currentOwners = currentOwnersOf(objects, (integration) => readable.has(integration));
  return claims(selectors, [namespace], currentOwners).owners.get(namespace.name);
}

/**
 * Of the objects of a namespace the one that it goes by: the first of those that its owner has, that stay, and that declare the
 * organization which is computed for the namespace. Another organization is somebody's own affair.
 */
export function objectOf<T extends NamespaceObject>(
  objects: readonly T[],
  owner: string,
  organization: string,
): T | undefined {
  return objects
    .filter((one) => one.integration === owner && one.organization === organization && !one.deleting)
    .reduce<T | undefined>((first, one) => (first === undefined || isBefore(one, first) ? one : first), undefined);
}

/** Those with an organization come before mere claims, then the older, then the first by name: a newcomer stops nobody. */
function isBefore(a: NamespaceObject, b: NamespaceObject): boolean {
  const [has, other] = [a, b].map(({ status }) => status.origin !== undefined);
  if (has !== other) return has === true;
  return a.created === b.created ? a.name < b.name : a.created < b.created;
}
