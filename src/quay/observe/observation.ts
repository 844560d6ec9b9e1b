import type { ObservedOrganization } from '../../plan/index.js';
import type { RobotToken } from '../robot-token.js';

/** What Quay shows of an organization. */
export type Observation =
  | { readonly state: 'Absent' }
  /** Only its public side: the token works, but its owner is no administrator, or Quay ≤ 3.15 shows superusers no more. */
  | { readonly state: 'Hidden'; readonly message: string }
  | {
      readonly state: 'Observed';
      readonly organization: ObservedOrganization;
      /** By short name, when asked for. */
      readonly tokens?: ReadonlyMap<string, RobotToken>;
      /** Things that were seen and that `ObservedOrganization` cannot hold. */
      readonly leftOut: readonly string[];
    };
