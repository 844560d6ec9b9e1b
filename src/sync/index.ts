export { checkHistory } from './check-history.js';
export { desiredObject, isAsDesired } from './desired-object.js';
export { documentRepair } from './document-repair.js';
export { type LiveObject } from './live-object.js';
export { syncDocuments, type Synced, type SyncInput } from './sync-documents.js';
