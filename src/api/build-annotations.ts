/** Annotations on Builds, QBO's own, so that its Builds and ours are understood by either. */

const base = 'quay-registry-operator.quay.redhat.com';

/** `true` on a Build whose output was pointed at Quay. */
export const buildManagedAnnotation = `${base}/quay-registry-operator-managed`;
/** `<namespace>/<image stream>:<tag>`: where its output was to go. */
export const buildDestinationAnnotation = `${base}/destination-imagestream`;
/** `true` once the tag has been imported. */
export const buildImportedAnnotation = `${base}/destination-imagestreamtag-imported`;

/** OpenShift's, on a Build made of another one; it carries that one's annotations along, annotations included. */
export const buildCloneAnnotation = 'openshift.io/build.clone-of';

/** The same annotation in the domain of QBO's predecessor. */
export function inPredecessorsDomain(annotation: string): string {
  return annotation.replace(base, 'quay-registry-operator.redhatcop.redhat.io');
}
/** The digest that the tag has since: of what was imported, or of what was there already. */
export const buildImportedDigestAnnotation = 'quayside.dev/imported-digest';
/** Why the tag is not going to be imported for this Build. */
export const buildImportSkippedAnnotation = 'quayside.dev/import-skipped';
/** UID of the Build that the annotations above are about: a clone copies them, and is another Build. */
export const buildImportOfAnnotation = 'quayside.dev/import-of';
/**
 * `<name>:<what the webhook decided>[:<push secret that the Build brought>]`: a clone carries it along, so it counts only on the
 * Build that it names.
 */
export const buildDecisionAnnotation = 'quayside.dev/admission';
/** Why the operator cancelled the Build. */
export const buildCancelledAnnotation = 'quayside.dev/cancelled';
/** UID of a Build that ran unrewritten, once that was reported. */
export const buildNotRewrittenAnnotation = 'quayside.dev/not-rewritten';
