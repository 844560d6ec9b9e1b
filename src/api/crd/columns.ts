import { type PrinterColumn } from './definition.js';

const ready = (field: string): string => `.status.conditions[?(@.type=="Ready")].${field}`;

const state: readonly PrinterColumn[] = [
  { name: 'Ready', type: 'string', jsonPath: ready('status') },
  { name: 'Reason', type: 'string', jsonPath: ready('reason') },
];
const age: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };
const message: PrinterColumn = { name: 'Message', type: 'string', jsonPath: ready('message'), priority: 1 };

/** What `kubectl get quayintegrations` shows, of either version. */
export const integrationColumns: readonly PrinterColumn[] = [
  { name: 'Cluster ID', type: 'string', jsonPath: '.spec.clusterID' },
  { name: 'Quay', type: 'string', jsonPath: '.spec.quayHostname' },
  { name: 'Organizations', type: 'integer', jsonPath: '.status.organizations' },
  { name: 'Synced', type: 'integer', jsonPath: '.status.ready' },
  ...state,
  age,
  { name: 'Applied', type: 'string', jsonPath: '.status.lastAppliedCommit', priority: 1 },
  { name: 'Pull request', type: 'string', jsonPath: '.status.pullRequest', priority: 1 },
  message,
];

/** What `kubectl get quayorganizations` shows. */
export const organizationColumns: readonly PrinterColumn[] = [
  { name: 'Organization', type: 'string', jsonPath: '.spec.name' },
  { name: 'Namespace', type: 'string', jsonPath: '.spec.namespace' },
  { name: 'Repositories', type: 'integer', jsonPath: '.status.repositories' },
  ...state,
  age,
  { name: 'Integration', type: 'string', jsonPath: '.spec.integration', priority: 1 },
  { name: 'Origin', type: 'string', jsonPath: '.status.origin', priority: 1 },
  { name: 'Drift', type: 'integer', jsonPath: '.status.drift.found', priority: 1 },
  message,
];

/** What `kubectl get quayregistries` shows, as under the Quay Operator. */
export const registryColumns: readonly PrinterColumn[] = [
  { name: 'Version', type: 'string', jsonPath: '.status.currentVersion' },
  { name: 'Endpoint', type: 'string', jsonPath: '.status.registryEndpoint' },
  { name: 'Available', type: 'string', jsonPath: '.status.conditions[?(@.type=="Available")].status' },
  age,
];

/** What `kubectl get quayregistryoptions` shows. */
export const registryOptionsColumns: readonly PrinterColumn[] = [
  { name: 'Version', type: 'string', jsonPath: '.spec.version' },
  { name: 'Suspended', type: 'boolean', jsonPath: '.spec.suspend' },
  ...state,
  age,
  message,
];
