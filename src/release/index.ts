export { type ReleaseOptions, releaseFromKubeconfig } from './from-kubeconfig.js';
export { release, type ReleaseInput } from './release.js';
export { type ReleasedObject, type ReleaseReport } from './report.js';
