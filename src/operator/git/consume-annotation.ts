import { patchGuarded, removeAnnotations, type Repair } from '../../kube/index.js';
import { fieldManager } from '../../api/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** Under which name the repairs of an integration are remembered. */
export function integrationOwner(name: string): string {
  return `QuayIntegration/${name}`;
}

/** Takes an annotation off the integration that has done what it was put there for. */
export async function consumeAnnotation(
  { client, repairs }: Pick<Operator, 'client' | 'repairs'>,
  { integration, type }: KnownIntegration,
  annotation: string,
): Promise<void> {
  const { annotations, name, uid } = integration.metadata;
  const value = annotations?.[annotation];
  if (value === undefined) return;
  const target = { type, named: { name } };
  const repair: Repair = {
    owner: integrationOwner(name),
    kind: type.kind,
    what: `the removal of the annotation ${annotation}, which has done its work,`,
    content: value,
    target,
    regarding: { apiVersion: type.apiVersion, kind: type.kind, name, ...(uid !== undefined && { uid }) },
  };
  await repairs.attempt(repair, () =>
    patchGuarded(client, { ...target, manager: fieldManager, steps: (live) => removeAnnotations(live, [annotation]) }),
  );
}
