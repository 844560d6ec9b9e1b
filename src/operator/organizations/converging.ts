import { type QuayOrganization } from '../../api/index.js';
import { type Remembered } from '../../converge/cache/observation-cache.js';
import { type Inventory } from '../../plan/index.js';
import { type Quay } from '../../quay/index.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Agreements } from './agreements.js';
import { type ConvergeOperator } from './converge-input.js';
import { type PullSecretOperator } from './organization-pull-secrets.js';

/** What converging an organization takes from the operator. */
export type OrganizationOperator = ConvergeOperator &
  PullSecretOperator &
  Pick<Operator, 'metrics' | 'repairs' | 'signal'>;

/** One organization to reconcile, and all that is known of it. */
export interface Converging {
  readonly live: LiveOrganization;
  readonly document: QuayOrganization;
  readonly known: KnownIntegration;
  /** From memory, or looking afresh. */
  readonly quay: Quay;
  readonly remembered: Remembered;
  readonly inventory: Inventory | undefined;
  /** Compare the roles on repositories as well. */
  readonly roles: boolean;
  readonly isResync: boolean;
  readonly agreements: Agreements;
  readonly signal: AbortSignal;
}
