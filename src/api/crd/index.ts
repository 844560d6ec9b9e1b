import { quayIntegration } from '../quay-integration.js';
import { quayIntegrationV1alpha1 } from '../quay-integration-v1alpha1.js';
import { quayOrganization } from '../quay-organization.js';
import { integrationColumns, organizationColumns } from './columns.js';
import { registryDefinitions } from './registry.js';
import { applySetParent, crd, type CustomResourceDefinition } from './definition.js';

export { type CustomResourceDefinition, type CustomResourceVersion, type PrinterColumn } from './definition.js';
export { type OpenApiSchema } from '../schema/openapi.js';

export { registryDefinitions } from './registry.js';

/** The CRDs of all our kinds. */
export function customResourceDefinitions(): readonly CustomResourceDefinition[] {
  return [
    crd({
      group: 'quayside.dev',
      version: 'v1alpha1',
      kind: 'QuayOrganization',
      plural: 'quayorganizations',
      singular: 'quayorganization',
      shortNames: ['qorg'],
      description: 'One organization in Quay, and the desired state of its content.',
      columns: organizationColumns,
      schema: quayOrganization,
    }),
    crd({
      group: 'quay.redhat.com',
      version: 'v1',
      kind: 'QuayIntegration',
      plural: 'quayintegrations',
      singular: 'quayintegration',
      shortNames: ['qint'],
      description: 'Connects one Quay with the namespaces of this cluster that it selects.',
      columns: integrationColumns,
      labels: applySetParent,
      schema: quayIntegration,
    }),
    crd({
      group: 'redhatcop.redhat.io',
      version: 'v1alpha1',
      kind: 'QuayIntegration',
      plural: 'quayintegrations',
      singular: 'quayintegration',
      description: "The predecessor's object: read, converted and reconciled like one of quay.redhat.com/v1.",
      columns: integrationColumns,
      labels: applySetParent,
      schema: quayIntegrationV1alpha1,
    }),
    ...registryDefinitions(),
  ];
}
