import { type QuayOrganizationStatus } from '../../api/index.js';
import { type Memory } from '../../converge/cache/observation-cache.js';
import { type Integrations } from '../integrations/integrations.js';
import { type Operator } from '../operator.js';
import { type StatusWriter } from '../status/write-status.js';
import { type Terms } from '../term/terms.js';
import { type Counters } from './counter.js';
import { type DebounceWindow, type DebounceWindows } from './debounce-windows.js';
import { type GuardOperator } from './guard-deletions.js';

/** What deletions take from the operator. */
export type DeletionOperator = GuardOperator &
  Pick<Operator, 'recordEvent' | 'log' | 'metrics' | 'locks' | 'repairs' | 'signal'>;

/** What one object, or all of an integration, are decided with. */
export interface DeletionParts {
  readonly integrations: Integrations;
  readonly terms: Terms;
  readonly memory: Memory;
  readonly statuses: StatusWriter<QuayOrganizationStatus>;
  readonly windows: DebounceWindows;
  readonly counterOf: Counters;
  /** Takes an object into the window of its integration, which is decided once no new one comes. */
  readonly include: (integration: string, object: string, kind: keyof DebounceWindow) => void;
  /** Looks at an object on its own. */
  readonly look: (object: string) => void;
}

/** The same for one turn of work. */
export interface DeletionTurn extends DeletionParts {
  /** The time to finish is over. */
  readonly signal: AbortSignal;
}
