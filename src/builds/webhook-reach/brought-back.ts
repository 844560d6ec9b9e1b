import { isBuiltInNamespace, type QuayIntegration } from '../../api/index.js';
import { listSelection } from '../../desired/index.js';
import { isNamespaceName } from '../../names/index.js';

/** The built-in namespaces that these integrations bring back, sorted. */
export function broughtBack(integrations: readonly QuayIntegration[]): readonly string[] {
  const names = integrations.flatMap(({ spec }) => {
    const select = listSelection(spec);
    return (spec.allowlistNamespaces ?? []).filter((name) => select(name).selected);
  });
  // One entry that is no name would have the API server refuse all of them.
  return [...new Set(names)].filter((name) => isNamespaceName(name) && isBuiltInNamespace(name)).sort();
}
