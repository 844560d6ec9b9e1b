import { type NamespaceRecord, type QuayIntegration } from '../api/index.js';
import { isConverted } from '../kube/index.js';

/** An integration, and which namespaces it selects by its own lists and labels. */
export interface NamespaceSelector {
  readonly integration: QuayIntegration;
  readonly selects: (namespace: NamespaceRecord) => boolean;
}

/** A namespace that an integration selects and another one has. */
export interface Loss {
  readonly namespace: string;
  readonly owner: string;
}

/** Who has which namespace. */
export interface Claims {
  /** Namespace → name of the integration it belongs to. */
  readonly owners: ReadonlyMap<string, string>;
  /** Name of an integration → the namespaces it lost; those that lost none are not in it. */
  readonly losses: ReadonlyMap<string, readonly Loss[]>;
}

/**
 * Gives every namespace to one integration: v1 before the predecessor's, then to whoever has it now, then the older, then the first
 * by name. `currentOwners` (namespace → integration) names none that is gone: one that is not in `selectors` could not be read, and keeps
 * what it has until more is known.
 */
export function claims(
  selectors: readonly NamespaceSelector[],
  namespaces: readonly NamespaceRecord[],
  currentOwners: ReadonlyMap<string, string>,
): Claims {
  const ranked = [...selectors].sort((a, b) => byRank(a.integration, b.integration));
  const readable = new Set(selectors.map(({ integration }) => integration.metadata.name));
  const owners = new Map<string, string>();
  const losses = new Map<string, Loss[]>();
  for (const namespace of namespaces) {
    const selecting = ranked.filter(({ selects }) => selects(namespace)).map(({ integration }) => integration);
    const currentOwner = currentOwners.get(namespace.name);
    const isUnread = currentOwner !== undefined && !readable.has(currentOwner);
    const owner = isUnread ? currentOwner : winner(selecting, currentOwner);
    if (owner === undefined) continue;
    owners.set(namespace.name, owner);
    for (const { metadata } of selecting) {
      if (metadata.name === owner) continue;
      const lost = losses.get(metadata.name) ?? [];
      losses.set(metadata.name, lost);
      lost.push({ namespace: namespace.name, owner });
    }
  }
  return { owners, losses };
}

/** The namespaces that an integration must leave to others, as rendering wants to know them. */
export function claimedByOthers(name: string, { owners }: Claims): ReadonlyMap<string, string> {
  return new Map([...owners].filter(([, owner]) => owner !== name));
}

function winner(ranked: readonly QuayIntegration[], currentOwner: string | undefined): string | undefined {
  const [first] = ranked;
  if (first === undefined) return undefined;
  const holder = ranked.find(({ metadata }) => metadata.name === currentOwner);
  const keepsIt = holder !== undefined && isConverted(holder) === isConverted(first);
  return (keepsIt ? holder : first).metadata.name;
}

function byRank(a: QuayIntegration, b: QuayIntegration): number {
  if (isConverted(a) !== isConverted(b)) return isConverted(a) ? 1 : -1;
  // What has not been created yet is the youngest; the API server writes all times in one form that sorts as text.
  const [born, other] = [a.metadata.creationTimestamp ?? '9999', b.metadata.creationTimestamp ?? '9999'];
  if (born !== other) return born < other ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
