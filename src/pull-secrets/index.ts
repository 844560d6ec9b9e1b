export { type AccountState, serviceAccountWatch } from './account-state.js';
export { type PullSecretInput, type PullSecretOutcome, type PullSecretProblem } from './input.js';
export { type PullSecretState, pullSecretWatch } from './pull-secret-state.js';
export { reconcilePullSecrets } from './reconcile.js';
export { hasChangedOrMissing } from './changed-or-missing.js';
