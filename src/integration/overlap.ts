import { type NamespaceRecord, type QuayIntegration } from '../api/index.js';
import { isConverted } from '../kube/index.js';

/** An integration, and which namespaces it selects by its own lists and labels. */
export interface Claimant {
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
 * by name. `incumbents` (namespace → integration) names none that is gone: one that is no claimant could not be read, and keeps
 * what it has until more is known.
 */
export function claims(
  claimants: readonly Claimant[],
  namespaces: readonly NamespaceRecord[],
  incumbents: ReadonlyMap<string, string>,
): Claims {
  const ranked = [...claimants].sort((a, b) => byRank(a.integration, b.integration));
  const readable = new Set(claimants.map(({ integration }) => integration.metadata.name));
  const owners = new Map<string, string>();
  const losses = new Map<string, Loss[]>();
  for (const namespace of namespaces) {
    const rivals = ranked.filter(({ selects }) => selects(namespace)).map(({ integration }) => integration);
    const incumbent = incumbents.get(namespace.name);
    const isUnread = incumbent !== undefined && !readable.has(incumbent);
    const owner = isUnread ? incumbent : winner(rivals, incumbent);
    if (owner === undefined) continue;
    owners.set(namespace.name, owner);
    for (const { metadata } of rivals) {
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

function winner(ranked: readonly QuayIntegration[], incumbent: string | undefined): string | undefined {
  const [first] = ranked;
  if (first === undefined) return undefined;
  const sitting = ranked.find(({ metadata }) => metadata.name === incumbent);
  const keepsIt = sitting !== undefined && isConverted(sitting) === isConverted(first);
  return (keepsIt ? sitting : first).metadata.name;
}

function byRank(a: QuayIntegration, b: QuayIntegration): number {
  if (isConverted(a) !== isConverted(b)) return isConverted(a) ? 1 : -1;
  // What has not been created yet is the youngest; the API server writes all times in one form that sorts as text.
  const [born, other] = [a.metadata.creationTimestamp ?? '9999', b.metadata.creationTimestamp ?? '9999'];
  if (born !== other) return born < other ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
