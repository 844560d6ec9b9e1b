import { quayOrganizationSpec, type QuayOrganizationSpec } from '../../src/api/index.js';
import { newOrganization } from '../../src/plan/empty.js';
import { everyFeature, type ObservedOrganization } from '../../src/plan/index.js';

/** A document as it is rendered, with changes. */
export const declared = (changes: object = {}): QuayOrganizationSpec =>
  quayOrganizationSpec.parse({ integration: 'quay', namespace: 'demo', name: 'openshift_demo', ...changes });

export const threeRobots = [
  { name: 'builder', role: 'write' },
  { name: 'default', role: 'read' },
  { name: 'deployer', role: 'read' },
];

/** An organization as Quay makes it, with changes. */
export const found = (changes: Partial<ObservedOrganization> = {}): ObservedOrganization => ({
  ...newOrganization('openshift_demo', '', everyFeature),
  tagExpirationSeconds: 1_209_600,
  ...changes,
});
