export type {
  CommitStatus,
  Forge,
  ForgeKind,
  ForgeLimits,
  ForgeRepository,
  ForgeRequest,
  FoundRequests,
  RequestText,
} from './forge.js';
export { comparisonPage } from './comparison.js';
export { type Located } from './kind/known-hosts.js';
export { type StatedForge } from './kind/locate.js';
export { findForge, type ForgeCredentials, type ForgeOptions, openForge, type OpenForge } from './open-forge.js';
export { type Delivery, readDelivery } from './webhook/delivery.js';
export { isProved, type WebhookSecrets } from './webhook/proof.js';
export { expiryWords } from './token-expiry.js';
export { isExisting, isUnseen } from './proposal-errors.js';
export { type ForgeCall } from './wire/client.js';
