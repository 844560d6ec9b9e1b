import type { ObservedDefaultPermission } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { flagOr, type JsonObject, listIn, objectOf, textIn, wordIn } from '../answer/fields.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import type { RobotNames } from '../robot-names.js';
import { roleIn } from './grants.js';

/** All default permissions, duplicates included. */
export async function readDefaultPermissions(
  ask: Ask,
  calls: CallsIn,
  names: RobotNames,
): Promise<readonly ObservedDefaultPermission[]> {
  const call = calls.organization('GET', '/prototypes');
  const source = asked(call);
  const body = objectOf(await ask.read(call), source, 'the list');
  return listIn(body, 'prototypes', source).map((entry) => {
    const prototype = objectOf(entry, source, 'a default permission');
    const creator = prototype.activating_user;
    return {
      id: textIn(prototype, 'id', source),
      role: roleIn(prototype, 'role', source),
      ...delegateOf(objectOf(prototype.delegate, source, 'delegate'), names, source),
      creator:
        creator === null || creator === undefined
          ? ''
          : names.member(textIn(objectOf(creator, source, 'activating_user'), 'name', source)),
    };
  });
}

function delegateOf(
  delegate: JsonObject,
  names: RobotNames,
  source: string,
): Pick<ObservedDefaultPermission, 'kind' | 'name'> {
  const name = textIn(delegate, 'name', source);
  if (wordIn(delegate, 'kind', ['user', 'team'], source) === 'team') return { kind: 'team', name };
  if (!flagOr(delegate, 'is_robot', false, source)) return { kind: 'user', name };
  return { kind: 'robot', name: names.short(name) ?? name };
}
