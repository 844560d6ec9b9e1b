import { removeAnnotations } from '../../kube/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { repairByPatch } from '../repair-by-patch.js';

/** Under which name the repairs of an integration are remembered. */
export function integrationOwner(name: string): string {
  return `QuayIntegration/${name}`;
}

/** Takes an annotation off the integration that has done what it was put there for. */
export async function consumeAnnotation(
  operator: Pick<Operator, 'client' | 'repairs'>,
  { integration, type }: KnownIntegration,
  annotation: string,
): Promise<void> {
  const { annotations, name, uid } = integration.metadata;
  const value = annotations?.[annotation];
  if (value === undefined) return;
  const repair = {
    owner: integrationOwner(name),
    what: `the removal of the annotation ${annotation}, which has done its work,`,
    content: value,
    target: { type, named: { name } },
    regarding: { apiVersion: type.apiVersion, kind: type.kind, name, ...(uid !== undefined && { uid }) },
  };
  await repairByPatch(operator, repair, (live) => removeAnnotations(live, [annotation]));
}
