import { type QuayIntegration } from '../api/index.js';
import { selection } from '../desired/index.js';
import { type NamespaceSelector } from './overlap.js';

/** The integrations with what they select. */
export function selectorsOf(integrations: readonly QuayIntegration[]): readonly NamespaceSelector[] {
  return integrations.map((integration) => {
    const select = selection(integration.spec);
    return { integration, selects: (namespace) => select(namespace).selected };
  });
}
