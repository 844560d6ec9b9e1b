export { registryManifests, secretManifests } from './render-manifests.js';
