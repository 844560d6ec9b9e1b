export { type CertificateSource, type ServingCertificate } from './certificate.js';
export { type ClusterState, type ClusterStateOptions, createClusterState } from './cluster-state.js';
export { createNews, type News } from './news.js';
export { createReviewer, type Decided, type ReviewAnswer, type Reviewer, type ReviewerOptions } from './reviewer.js';
export { runWebhook } from './run.js';
export { type AdmissionServer, type AdmissionServerOptions, startAdmissionServer } from './server.js';
export { type WebhookSettings } from './settings.js';
