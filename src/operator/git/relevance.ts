import { type NamespaceRecord } from '../../api/index.js';
import { readiness, selection } from '../../desired/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';

/** What documents are made from in a namespace, in short: two that are equal need no new document. */
export function relevanceOf(namespace: NamespaceRecord | undefined, integrations: readonly KnownIntegration[]): string {
  if (namespace === undefined) return 'gone';
  if (namespace.terminating) return 'terminating';
  const selecting = integrations.filter(({ integration }) => selection(integration.spec)(namespace).selected);
  const names = selecting.map(({ integration }) => integration.metadata.name);
  return names.length === 0 ? 'nobody' : `${names.join(' ')} ${readiness(namespace).selected}`;
}

/** Notes how relevant a namespace is now, and gives whether its documents may be other ones. */
export function noteRelevance(known: Map<string, string>, namespace: string, now: string): boolean {
  const before = known.get(namespace);
  if (now === 'gone') known.delete(namespace);
  else known.set(namespace, now);
  return now !== before && !(before === undefined && now === 'nobody');
}
