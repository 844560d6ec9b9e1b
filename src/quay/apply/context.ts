import type { SecretRef } from '../../api/index.js';
import type { Ask } from '../ask.js';
import type { CallsIn } from '../calls-in.js';
import type { Features } from '../features.js';
import type { RobotNames } from '../robot-names.js';
import type { RobotToken } from '../robot-token.js';

/** What every step of an apply shares. */
export interface Applying {
  readonly ask: Ask;
  readonly calls: CallsIn;
  readonly names: RobotNames;
  readonly features: () => Promise<Features>;
  readonly secrets: (ref: SecretRef) => string;
}

/** What a change brought that is nowhere else. */
export interface Applied {
  readonly token?: RobotToken;
  /** Somebody else had made it, as it is wanted, since Quay was last read. */
  readonly wasThere?: boolean;
}
