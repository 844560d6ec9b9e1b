import { type QuayOrganization, type Robot } from '../api/index.js';
import { type ClusterId, objectName, organizationName, robotName, secretName } from '../names/index.js';
import { isPersons } from './outcome.js';

/** A name that a document states for something that is called otherwise. */
export interface WrongName {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

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

function wrongSecret({ name, pullSecret }: Robot, path: string, id: ClusterId): readonly WrongName[] {
  if (pullSecret === undefined) return [];
  const { serviceAccount } = pullSecret;
  return [
    ...unequal(`${path}.name`, name, robotName(serviceAccount)),
    ...unequal(`${path}.pullSecret.name`, pullSecret.name, secretName(serviceAccount, id)),
  ];
}

function unequal(path: string, found: string, wanted: string): readonly WrongName[] {
  return found === wanted ? [] : [wrong(path, `is ${found}`, wanted)];
}

function wrong(path: string, message: string, wanted: string): WrongName {
  return { path, message, hint: `here it has to be ${wanted}` };
}
