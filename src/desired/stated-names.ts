import { type QuayOrganization } from '../api/index.js';
import { type ClusterId, objectName, organizationName } from '../names/index.js';
import { isPersons } from './outcome.js';
import { unequal, wrong, type WrongName, wrongSecret } from './wrong-secret.js';

/**
 * What a document calls otherwise than it has to be. A robot's token goes only to the namespace that the organization belongs
 * to, and there only into the Secret and to the service account that the robot is for. One that says that Quayside rendered
 * it has the names that Quayside gives.
 */
export function wrongNames(document: QuayOrganization, id: ClusterId): readonly WrongName[] {
  const { metadata, spec } = document;
  const { namespace } = spec;
  const isRendered = !isPersons(document);
  if (namespace === undefined) return isRendered ? [wrong('spec.namespace', 'is missing', 'a namespace')] : [];
  const gives = spec.robots.some(({ pullSecret }) => pullSecret !== undefined);
  return [
    ...(isRendered ? unequal('metadata.name', metadata.name, objectName(id, namespace)) : []),
    ...(isRendered || gives ? unequal('spec.name', spec.name, organizationName(id, namespace)) : []),
    ...spec.robots.flatMap((robot, index) => wrongSecret(robot, `spec.robots[${index}]`, id)),
  ];
}
