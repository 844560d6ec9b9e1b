export { desiredObject, isAsDesired } from './desired-object.js';
export { applySetId, type Parent, partOfLabel } from './inventory/apply-set.js';
export { objectRepair } from './object-repair.js';
export { readinessOf } from './readiness.js';
export { liveObject, type LiveState, readLive } from './read-live.js';
export { type PruneOptions, type Synced, type SyncInput } from './sync-input.js';
export {
  groupKindOf,
  keyOf,
  type KubeObject,
  type LiveObject,
  objectKey,
  objectWords,
  type SyncObject,
} from './sync-object.js';
export { syncObjects } from './sync-objects.js';
export { type Kinds, type KindTraits, type Readiness } from './traits.js';
