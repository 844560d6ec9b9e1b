import { type Robot } from '../api/index.js';
import { type ClusterId, robotName, secretName } from '../names/index.js';

/** A name that is stated for something that is called otherwise. */
export interface WrongName {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** What a robot and its pull secret are called otherwise than after the service account that they are for. */
export function wrongSecret({ name, pullSecret }: Robot, path: string, id: ClusterId): readonly WrongName[] {
  if (pullSecret === undefined) return [];
  const { serviceAccount } = pullSecret;
  return [
    ...unequal(`${path}.name`, name, robotName(serviceAccount)),
    ...unequal(`${path}.pullSecret.name`, pullSecret.name, secretName(serviceAccount, id)),
  ];
}

/** A name that is not the one it has to be. */
export function unequal(path: string, found: string, wanted: string): readonly WrongName[] {
  return found === wanted ? [] : [wrong(path, `is ${found}`, wanted)];
}

/** A name with the one that it has to be. */
export function wrong(path: string, message: string, wanted: string): WrongName {
  return { path, message, hint: `here it has to be ${wanted}` };
}
