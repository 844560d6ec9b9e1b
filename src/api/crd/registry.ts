import { quayRegistry, quayRegistryOptions } from '../registry/index.js';
import { registryColumns, registryOptionsColumns } from './columns.js';
import { applySetParent, crd, type CustomResourceDefinition } from './definition.js';

/** The CRDs of a registry. The first is the Quay Operator's own: its schema accepts and prunes the same, field by field. */
export function registryDefinitions(): readonly CustomResourceDefinition[] {
  return [
    crd({
      group: 'quay.redhat.com',
      version: 'v1',
      kind: 'QuayRegistry',
      plural: 'quayregistries',
      singular: 'quayregistry',
      scope: 'Namespaced',
      categories: [],
      labels: applySetParent,
      description: 'A whole registry: which components are managed, and what is different about them.',
      columns: registryColumns,
      schema: quayRegistry,
    }),
    crd({
      group: 'quayside.dev',
      version: 'v1alpha1',
      kind: 'QuayRegistryOptions',
      plural: 'quayregistryoptions',
      singular: 'quayregistryoptions',
      shortNames: ['qregopt'],
      scope: 'Namespaced',
      description: 'What the QuayRegistry of the same name and namespace has no field for.',
      columns: registryOptionsColumns,
      schema: quayRegistryOptions,
    }),
  ];
}
