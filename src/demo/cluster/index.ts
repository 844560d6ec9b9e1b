export { inProject, newStream } from './changes.js';
export { demoCluster } from './demo-cluster.js';
export { demoCredentials, demoIntegration } from './demo-integration.js';
export { writeCluster } from './write-cluster.js';
