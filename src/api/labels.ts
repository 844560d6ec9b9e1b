/** Labels, annotations and finalizers: Quayside's own, and the predecessors' that it understands. */

export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedByValue = 'quayside';
/** Which integration rendered a document. */
export const integrationLabel = 'quayside.dev/integration';

/** The only finalizer Quayside sets, on `QuayOrganization` objects. */
export const organizationFinalizer = 'quayside.dev/organization';

/** Finalizers that the predecessors left on namespaces. */
export const predecessorFinalizers: readonly string[] = [
  'quay.redhat.com/quayintegrations',
  'redhatcop.redhat.io/quayintegrations',
];
