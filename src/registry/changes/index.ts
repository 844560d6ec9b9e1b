export { differences, type FieldChange } from './differences.js';
export { type Manifest, type ManifestMetadata, refOf } from './manifest.js';
export { type ChangeRisk, type Compared, type ManifestChange, planChanges } from './plan-changes.js';
