/** Labels, annotations and finalizers: Quayside's own, and the predecessors' that it understands. */

export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedByValue = 'quayside';
/** Under which name Quayside owns the fields that it applies. */
export const fieldManager = 'quayside';
/** Which integration rendered a document. */
export const integrationLabel = 'quayside.dev/integration';

/** The only finalizer Quayside sets, on `QuayOrganization` objects. */
export const organizationFinalizer = 'quayside.dev/organization';

/** Finalizers that the predecessors left on namespaces. */
export const predecessorFinalizers: readonly string[] = [
  'quay.redhat.com/quayintegrations',
  'redhatcop.redhat.io/quayintegrations',
];

/** Which `QuayOrganization` a pull secret belongs to. */
export const organizationLabel = 'quayside.dev/organization';
/** On `QuayOrganization` objects that the built-in sync applied, with the name of their integration: only those are pruned by it. */
export const syncLabel = 'quayside.dev/synced-for';

/** On an integration: the UID of the cluster that this one takes the place of. */
export const replacesClusterAnnotation = 'quayside.dev/replaces-cluster';
/** On an integration: the hash of the deletions that may be made although they are more than the limit. */
export const releaseDeletionsAnnotation = 'quayside.dev/release-deletions';
/** On an integration: the hash of the list of organizations that it may own although their marks do not prove it. */
export const acceptOwnershipAnnotation = 'quayside.dev/accept-ownership';
/** On an integration: the commit whose history is accepted although it lacks the last applied one. */
export const acceptHistoryAnnotation = 'quayside.dev/accept-history';
/** On an integration: the term, by the commit that its ref in the state repository names, that another installation wrote and this one may replace. */
export const acceptTermAnnotation = 'quayside.dev/accept-term';
/** On an integration: any new value has Quayside look at its state repository and its pull request at once. */
export const lookAgainAnnotation = 'quayside.dev/look-again';
/** On an integration: `true` proposes again what people refused, and writes over commits of others on the branch of the proposal. */
export const proposeAgainAnnotation = 'quayside.dev/propose-again';
/** On a Secret: the hosts that credentials in it may be sent to, as `host[:port]` with commas between; no others. */
export const hostsAnnotation = 'quayside.dev/hosts';
/** On a Secret of the operator's namespace: `true` where documents may name it. */
export const documentSecretLabel = 'quayside.dev/document-secret';
/** On such a Secret: the organizations, by their names in Quay, that may use it; a list with commas, `*` for any characters. */
export const secretOrganizationsAnnotation = 'quayside.dev/organizations';
/** On such a Secret: what it may be used for; a list with commas. */
export const secretUsesAnnotation = 'quayside.dev/uses';
/** On a `QuayOrganization`: how many of how many image streams have no repository, since it would be too large with them. */
export const leftOutStreamsAnnotation = 'quayside.dev/left-out-image-streams';
/** On a `QuayOrganization`: ignore.yaml in the state repository lists it. */
export const ignoredAnnotation = 'quayside.dev/ignored';
/** On a `QuayOrganization`: what keeps its document from being all that is declared, as `<reason>: <what to do>`. */
export const faultsAnnotation = 'quayside.dev/faults';

/** On a namespace: who requested the project, as OpenShift wrote it down. */
export const requesterAnnotation = 'openshift.io/requester';
