import { type QuayIntegration } from '../api/index.js';
import { selection } from '../desired/index.js';
import { type Claimant } from './overlap.js';

/** The integrations with what they select. */
export function claimantsOf(integrations: readonly QuayIntegration[]): readonly Claimant[] {
  return integrations.map((integration) => {
    const select = selection(integration.spec);
    return { integration, selects: (namespace) => select(namespace).selected };
  });
}
