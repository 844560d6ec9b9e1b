import type { QuayOrganization } from '../api/index.js';
import type { Expected, Mark, OwnersEvidence } from '../ownership/index.js';
import type { Observation } from '../quay/index.js';
import type { Remembered } from './remembered.js';
import type { Run } from './run.js';

/** One organization whose owner is to be decided, and all that was read for that. */
export interface Owning {
  readonly run: Run;
  readonly document: QuayOrganization;
  readonly expected: Expected;
  readonly remembered: Remembered;
  readonly observation: Observation;
  readonly mark: Mark;
  /** Absent where they did not matter. */
  readonly owners?: OwnersEvidence | undefined;
}
