import type { GranteeKind } from '../../api/index.js';
import type { RobotNames } from '../robot-names.js';

/** A grantee in Quay's words: a robot is a user with its full name. */
export function grantee(
  names: RobotNames,
  kind: GranteeKind,
  name: string,
): { readonly kind: 'user' | 'team'; readonly name: string } {
  if (kind !== 'robot') return { kind, name };
  return { kind: 'user', name: name.includes('+') ? name : names.full(name) };
}
