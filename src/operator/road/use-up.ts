import { patchGuarded, removeAnnotations } from '../../kube/index.js';
import { fieldManager } from '../field-manager.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** Takes an annotation off the integration that has done what it was put there for. */
export async function useUp(
  { client }: Operator,
  { integration, type }: KnownIntegration,
  annotation: string,
): Promise<void> {
  if (integration.metadata.annotations?.[annotation] === undefined) return;
  await patchGuarded(client, {
    type,
    named: { name: integration.metadata.name },
    manager: fieldManager,
    steps: (live) => removeAnnotations(live, [annotation]),
  });
}
