import { type LabelSelector } from '../../api/index.js';
import { type SeenNamespace } from '../../converge/index.js';

/** The labels of a namespace that a selector asks for; undefined where it asks for none, or the namespace is not to be seen. */
export function seenLabels(
  namespace: SeenNamespace,
  selector: LabelSelector | undefined,
): Readonly<Record<string, string>> | undefined {
  if (selector === undefined || typeof namespace === 'string') return undefined;
  const asked = new Set([
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key }) => key),
  ]);
  return Object.fromEntries(Object.entries(namespace.labels).filter(([label]) => asked.has(label)));
}
